using Microsoft.Extensions.Options;
using PostmanDashboard.Accounts;
using PostmanDashboard.Accounts.SignIn;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Accounts.SignIn;

public sealed class AllowedDomainsTests
{
    [Theory]
    [InlineData("agency.gov.sg", "mei@agency.gov.sg", true)]
    [InlineData("agency.gov.sg", "mei@AGENCY.gov.sg", true)]
    [InlineData("Agency.Gov.SG ", "mei@agency.gov.sg", true)]
    [InlineData("agency.gov.sg", "mei@it.agency.gov.sg", false)]
    [InlineData("agency.gov.sg", "mei@myagency.gov.sg", false)]
    [InlineData("agency.gov.sg", "mei@agency.gov.sg.evil.example", false)]
    [InlineData("agency.gov.sg", "agency.gov.sg@evil.example", false)]
    [InlineData(".gov.sg", "mei@gov.sg", true)]
    [InlineData(".gov.sg", "mei@agency.gov.sg", true)]
    [InlineData(".gov.sg", "mei@it.agency.GOV.sg", true)]
    [InlineData(".gov.sg", "mei@evilgov.sg", false)]
    [InlineData(".gov.sg", "mei@gov.sg.evil.example", false)]
    [InlineData(".gov.sg", "mei@agency-gov.sg", false)]
    [InlineData(".gov", "mei@agency.gov", true)]
    [InlineData(".gov", "mei@agency.notgov", false)]
    [InlineData("*", "mei@evil.example", true)]
    public void A_domain_is_itself_and_with_a_dot_before_it_also_everything_below(string pattern, string address, bool allowed) =>
        Assert.Equal(allowed, Create(pattern).Allow(Parse(address)));

    [Fact]
    public void Of_several_domains_each_is_allowed()
    {
        var domains = Create(".gov.sg", "hospital.example");

        Assert.True(domains.Allow(Parse("mei@agency.gov.sg")));
        Assert.True(domains.Allow(Parse("mei@hospital.example")));
        Assert.False(domains.Allow(Parse("mei@ward.hospital.example")));
    }

    [Fact]
    public async Task Somebody_of_another_domain_reads_which_are_allowed_and_gets_no_mail()
    {
        await using var app = new DashboardApplication
        {
            Settings = { ["Accounts:AllowedEmailDomains:0"] = ".gov.sg", ["Accounts:AllowedEmailDomains:1"] = "hospital.example" },
        };
        using var visitor = new Visitor(app);

        var page = await visitor.AskAsync("eve@evilgov.sg");

        Assert.Equal(
            "People at evilgov.sg can’t sign in here. Allowed: every address that ends in .gov.sg and addresses at hospital.example.", page.Problem);
        Assert.Empty(app.Mail.Sent);
        Assert.Null((await visitor.AskAsync("mei@agency.gov.sg")).Problem);
    }

    private static AllowedDomains Create(params string[] patterns)
    {
        var options = new AccountOptions();
        foreach (var pattern in patterns)
        {
            options.AllowedEmailDomains.Add(pattern);
        }

        return new AllowedDomains(Options.Create(options));
    }

    private static EmailAddress Parse(string text)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        return address;
    }
}
