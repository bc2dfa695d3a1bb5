using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using PostmanDashboard.Data;
using PostmanDashboard.Frame;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace PostmanDashboard.Tests.Architecture;

/// <summary>The walls between the folders of the program, as CONTRIBUTING draws them.</summary>
public sealed class WallsTests
{
    private const string Root = "PostmanDashboard";

    /// <summary>A folder knows those before it, and none behind it: so there is no circle.</summary>
    private static readonly string[] Order =
        ["Shell", "Data", "Mail", "Accounts", "ApiKeys", "Messages", "Calendar", "Overview", "Settings", "Jobs", "Admin", "Frame"];

    private static readonly ArchUnitNET.Domain.Architecture Program = new ArchLoader().LoadAssembly(typeof(App).Assembly).Build();

    public static TheoryData<string> Folders => [.. Order.SkipLast(1)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_knows_none_behind_it(string folder)
    {
        var behind = string.Join('|', Order.SkipWhile(name => name != folder).Skip(1));

        Types().That().ResideInNamespaceMatching(Within(folder))
            // The one list of all tables, which stands with the database.
            .And().AreNot(typeof(DashboardDbContext))
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(Within(behind)))
            .Because("a folder that is known may not know back")
            .Check(Program);
    }

    [Fact]
    public void Every_folder_has_its_place_in_the_order()
    {
        var folders = typeof(App).Assembly.GetTypes().Select(type => type.Namespace).OfType<string>()
            .Where(name => name.StartsWith($"{Root}.", StringComparison.Ordinal)).Select(name => name.Split('.')[1]).Distinct();

        Assert.Equal(Order.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    /// <summary>So a body can't be parsed again on its way to the mail server.</summary>
    [Fact]
    public void HTML_is_parsed_in_one_folder_which_delivery_does_not_know()
    {
        const string Bodies = $"{Root}.Messages.Bodies";

        Assert.Equal([Bodies], ThoseWhoKnow("AngleSharp"));
        Assert.DoesNotContain($"{Root}.Messages.Delivery", ThoseWhoKnow(Bodies));
    }

    /// <summary>The folders with a type that knows one of a namespace outside of its own.</summary>
    private static IEnumerable<string> ThoseWhoKnow(string name) => Program.Types
        .Where(type => type.Dependencies.Any(dependency => $"{dependency.Target.Namespace.FullName}.".StartsWith($"{name}.", StringComparison.Ordinal)))
        .Select(type => type.Namespace.FullName)
        .Distinct();

    private static string Within(string folders) => $@"^{Root}\.({folders})(\..+)?$";
}
