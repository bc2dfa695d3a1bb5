using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Rotation.Guide;

/// <summary>Who gets the page of a rotation, and what everybody else gets.</summary>
public sealed class RotatePageTests : AsyncLifetime, IDisposable
{
    private readonly DashboardApplication app = new();
    private Account owner = null!;
    private Guid key;

    public override async Task InitializeAsync()
    {
        owner = await app.AddAccountAsync("mei@agency.gov.sg");
        key = (await app.IssueKeyAsync(owner, "Grants")).Id;
    }

    [Fact]
    public async Task The_owner_gets_the_first_step()
    {
        using var visitor = new Visitor(app);
        await visitor.SignInAsync("mei@agency.gov.sg");

        var page = await visitor.OpenAsync($"/settings/keys/{key}/rotate");

        Assert.Equal((HttpStatusCode.OK, "Rotate Grants"), (page.Status, page.Heading));
    }

    [Fact]
    public async Task Somebody_else_gets_the_page_for_what_does_not_exist()
    {
        using var visitor = new Visitor(app);
        await visitor.SignInAsync("li@agency.gov.sg");

        foreach (var path in (string[])[$"/settings/keys/{key}/rotate", $"/settings/keys/{Guid.NewGuid()}/rotate", "/settings/keys/first/rotate"])
        {
            var page = await visitor.OpenAsync(path);

            Assert.Equal((HttpStatusCode.NotFound, "Page not found"), (page.Status, page.Heading));
            Assert.DoesNotContain("Grants", page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_link_in_an_old_mail_leads_to_what_became_of_the_key()
    {
        using var visitor = new Visitor(app);
        await visitor.SignInAsync("mei@agency.gov.sg");
        await app.Services.GetRequiredService<ApiKeyService>().DeleteAsync(owner.Id, key, new Actor(owner.Email!, "192.0.2.1"), CancellationToken.None);

        var page = await visitor.OpenAsync($"/settings/keys/{key}/rotate");

        Assert.Equal((HttpStatusCode.OK, "Grants was deleted"), (page.Status, page.Heading));
        Assert.Contains("so there’s nothing left to rotate", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Create replacement", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_in_particular_is_asked_to_sign_in()
    {
        using var visitor = new Visitor(app);

        // And is led back there, see the tests of sign-in.
        Assert.Equal(
            $"/sign-in?ReturnUrl=%2Fsettings%2Fkeys%2F{key}%2Frotate", (await visitor.OpenAsync($"/settings/keys/{key}/rotate")).Location);
    }

    public void Dispose() => app.Dispose();
}
