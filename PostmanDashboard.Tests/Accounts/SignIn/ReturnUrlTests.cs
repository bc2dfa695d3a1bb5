using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Accounts.SignIn;

/// <summary>A link to the sign-in page can't lead people who trust us to somebody else's page.</summary>
public sealed class ReturnUrlTests(DashboardApplication app) : IClassFixture<DashboardApplication>, IDisposable
{
    private readonly Visitor mei = new(app);
    private readonly string email = $"{Guid.NewGuid():N}@agency.gov.sg";

    public static TheoryData<string> Foreign => new(
        "https://evil.example",
        "HTTPS://evil.example/settings",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/\n/evil.example",
        "/\r\n/evil.example",
        "/settings\r\nSet-Cookie: a=b",
        "/\0/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "evil.example",
        "~//evil.example",
        "@evil.example",
        "/.//evil.example",
        "/./\\evil.example",
        "/%2e//evil.example",
        "/settings/..//evil.example",
        "/.\\/evil.example",
        "");

    public void Dispose() => mei.Dispose();

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_foreign_return_url_leads_to_settings(string returnUrl)
    {
        var query = $"?ReturnUrl={Uri.EscapeDataString(returnUrl)}";
        var asked = await mei.AskAsync(email, $"/sign-in{query}");
        var entered = await mei.EnterAsync(app.Mail.LastCode(email), $"/sign-in/code{query}");
        var again = await mei.OpenAsync($"/sign-in{query}");

        Assert.Equal("/sign-in/code", asked.Location);
        Assert.Equal("/", entered.Location);
        Assert.Equal("/", again.Location);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/settings")]
    [InlineData("/settings?next=https://evil.example//")]
    [InlineData("/settings#keys")]
    [InlineData("/settings/a%20b")]
    public async Task A_return_url_of_ours_is_kept(string returnUrl)
    {
        await mei.AskAsync(email);

        var entered = await mei.EnterAsync(app.Mail.LastCode(email), $"/sign-in/code?ReturnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal(new Uri(new Uri("http://localhost"), returnUrl), new Uri(new Uri("http://localhost"), entered.Location));
    }
}
