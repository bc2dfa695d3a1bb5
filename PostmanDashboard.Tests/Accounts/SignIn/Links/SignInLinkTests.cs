using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.Accounts.SignIn.Links;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.SignIn.Links;

/// <summary>How an administrator gets in while no mail can be sent.</summary>
public sealed class SignInLinkTests : IDisposable
{
    private const string Boss = "admin@agency.gov.sg";

    private readonly RecordingLogs logs = new();
    private readonly DashboardApplication app;
    private readonly Visitor visitor;

    public SignInLinkTests()
    {
        app = new DashboardApplication { Logs = logs };
        visitor = new Visitor(app);
    }

    private SignInLinks Links => app.Services.GetRequiredService<SignInLinks>();

    public void Dispose()
    {
        visitor.Dispose();
        app.Dispose();
        logs.Dispose();
    }

    [Fact]
    public async Task A_link_signs_its_administrator_in_once()
    {
        var address = await MakeAsync();
        var page = await visitor.OpenAsync(address);

        var answer = await visitor.PressAsync(page, "Sign in");

        Assert.Contains(Boss, page.Html, StringComparison.Ordinal);
        Assert.Equal("/", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync("/admin/mail")).Status);
        using var other = new Visitor(app);
        Assert.Contains("no longer works", (await other.OpenAsync(address)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_signs_in_over_a_session_ends_that_one()
    {
        await visitor.SignInAsync("mei@agency.gov.sg");
        using var copy = new Visitor(app);
        copy.Cookies.Keep(visitor.Cookies.All);
        var before = await copy.IsSignedInAsync();

        await visitor.PressAsync(await visitor.OpenAsync(await MakeAsync()), "Sign in");

        Assert.True(before);
        Assert.False(await copy.IsSignedInAsync());
        Assert.True(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task Looking_at_a_link_does_not_use_it_up()
    {
        var address = await MakeAsync();
        using var scanner = app.CreateClient();
        using var looked = await scanner.GetAsync(new Uri(address, UriKind.Relative));
        using var head = new HttpRequestMessage(HttpMethod.Head, address);
        using var asked = await scanner.SendAsync(head);

        await visitor.PressAsync(await visitor.OpenAsync(address), "Sign in");

        Assert.True(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task Of_several_who_use_one_link_at_the_same_instant_one_gets_in()
    {
        var secret = (await MakeAsync()).Split('/')[^1];

        var results = await Together.RunAsync(10, _ => Links.UseAsync(secret, CancellationToken.None));

        Assert.Single(results, result => result is not null);
    }

    [Fact]
    public async Task A_link_holds_for_ten_minutes()
    {
        var page = await visitor.OpenAsync(await MakeAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(10));

        var answer = await visitor.PressAsync(page, "Sign in");

        Assert.Contains("no longer works", answer.Problem, StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Theory]
    [InlineData("mei@agency.gov.sg", typeof(MakeLinkResult.NotAnAdministrator))]
    [InlineData("nobody", typeof(MakeLinkResult.NotAnAddress))]
    public async Task Only_administrators_get_one(string address, Type expected)
    {
        await app.AddAccountAsync("mei@agency.gov.sg");

        Assert.IsType(expected, await Links.MakeAsync(address, "root", CancellationToken.None));
    }

    [Fact]
    public async Task Whoever_has_the_role_is_an_administrator_too()
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        await using var db = app.CreateDbContext();
        var role = new IdentityRole<Guid>(Roles.Administrator) { Id = Guid.NewGuid(), NormalizedName = "ADMINISTRATOR" };
        db.Roles.Add(role);
        db.UserRoles.Add(new IdentityUserRole<Guid> { RoleId = role.Id, UserId = account.Id });
        await db.SaveChangesAsync();

        Assert.IsType<MakeLinkResult.Made>(await Links.MakeAsync("mei@agency.gov.sg", "root", CancellationToken.None));
    }

    [Fact]
    public async Task A_disabled_account_gets_none_and_a_link_from_before_does_not_let_it_in()
    {
        await app.AddAccountAsync(Boss);
        var address = await MakeAsync();
        await using var db = app.CreateDbContext();
        await db.Users.ExecuteUpdateAsync(set => set.SetProperty(account => account.DisabledAt, app.Clock.GetUtcNow()));

        Assert.IsType<MakeLinkResult.Disabled>(await Links.MakeAsync(Boss, "root", CancellationToken.None));
        var answer = await visitor.PressAsync(await visitor.OpenAsync(address), "Sign in");

        Assert.Contains("This account is disabled", answer.Problem, StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task It_leaves_a_trace_in_the_log_the_database_and_the_mail_and_its_secret_in_none_of_them()
    {
        var address = await MakeAsync();
        var secret = address.Split('/')[^1];

        await visitor.PressAsync(await visitor.OpenAsync(address), "Sign in");
        await app.RunJobsAsync();

        await using var db = app.CreateDbContext();
        var row = await db.SignInLinks.SingleAsync();
        Assert.Equal((Boss, "root", app.Clock.GetUtcNow()), (row.Email, row.MadeBy, row.UsedAt));
        var mail = Assert.Single(app.Mail.Sent);
        Assert.Equal("A link to sign in to Postman as you was created", mail.Subject);
        Assert.DoesNotContain(secret, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("for an administrator was created by root", logs.Text, StringComparison.Ordinal);
        Assert.Contains("An administrator signed in with a sign-in link", logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_prints_an_address_of_the_server_that_runs_next_to_it()
    {
        using var folder = new TemporaryFolder();
        await using var server = await DashboardProcess.StartAsync(folder.Path);

        await using var command = DashboardProcess.LaunchWith(folder.Path, ["sign-in-link", Boss], ("ASPNETCORE_URLS", server.Address));
        var exitCode = await command.WaitForExitAsync();

        Assert.Equal(0, exitCode);
        var printed = command.Output.Trim().Split('\n').Single(line => line.StartsWith(server.Address, StringComparison.Ordinal));
        Assert.Contains(Boss, await server.Client.GetStringAsync(new Uri(printed)), StringComparison.Ordinal);
        Assert.DoesNotContain(printed.Split('/')[^1], server.Output, StringComparison.Ordinal);
    }

    /// <returns>Where it leads to.</returns>
    private async Task<string> MakeAsync() =>
        $"/sign-in/link/{Assert.IsType<MakeLinkResult.Made>(await Links.MakeAsync(Boss, "root", CancellationToken.None)).Secret}";
}
