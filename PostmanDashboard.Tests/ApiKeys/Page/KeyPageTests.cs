using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Page;

/// <summary>Who gets the page of a key, and what everybody else gets.</summary>
public sealed class KeyPageTests : AsyncLifetime, IDisposable
{
    private readonly DashboardApplication app = new();
    private Account owner = null!;
    private Guid key;

    public override async Task InitializeAsync()
    {
        owner = await app.AddAccountAsync("mei@agency.gov.sg");
        key = (await app.IssueKeyAsync(owner, "Grants")).Id;
    }

    [Theory]
    [InlineData("", "by mei@agency.gov.sg, from 192.0.2.1")]
    [InlineData("/reminders", "Send a test mail")]
    [InlineData("/calls", "No successful calls yet.")]
    [InlineData("/messages", "No messages have been sent with this key yet.")]
    [InlineData("/activity", "Key generated")]
    public async Task Each_part_has_an_address_of_its_own(string part, string text)
    {
        using var visitor = new Visitor(app);
        await visitor.SignInAsync("mei@agency.gov.sg");

        var page = await visitor.OpenAsync($"/settings/keys/{key}{part}");

        Assert.Equal((HttpStatusCode.OK, "Grants"), (page.Status, page.Heading));
        Assert.Contains(text, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_from_before_leads_there()
    {
        using var visitor = new Visitor(app);
        await visitor.SignInAsync("mei@agency.gov.sg");

        Assert.EndsWith($"/settings/keys/{key}", (await visitor.OpenAsync($"/settings?key={key}")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_key_answers_like_one_that_does_not_exist()
    {
        using var visitor = new Visitor(app);
        await visitor.SignInAsync("li@agency.gov.sg");

        foreach (var path in (string[])[$"/settings/keys/{key}", $"/settings/keys/{Guid.NewGuid()}", $"/settings/keys/{key}/activity", "/settings/keys/first"])
        {
            var page = await visitor.OpenAsync(path);

            Assert.Equal((HttpStatusCode.NotFound, "Page not found"), (page.Status, page.Heading));
            Assert.DoesNotContain("Grants", page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_deleted_key_says_who_deleted_it_and_leads_to_the_history()
    {
        await app.Services.GetRequiredService<ApiKeyService>().DeleteAsync(owner.Id, key, TestKeys.By(owner), CancellationToken.None);
        using var visitor = new Visitor(app);
        await visitor.SignInAsync("mei@agency.gov.sg");

        var page = await visitor.OpenAsync($"/settings/keys/{key}");

        Assert.Contains("by mei@agency.gov.sg. Calls with it are rejected", page.Html, StringComparison.Ordinal);
        Assert.Contains("/settings#history", page.Html, StringComparison.Ordinal);
        Assert.Contains("Key deleted", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Rotate Grants", page.Html, StringComparison.Ordinal);
    }

    public void Dispose() => app.Dispose();
}
