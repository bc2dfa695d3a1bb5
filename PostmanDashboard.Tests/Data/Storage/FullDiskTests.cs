using System.Net;
using System.Net.Http.Json;
using PostmanDashboard.Accounts;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Data.Storage;

/// <summary>What people and programs are told while the disk of the server is full.</summary>
public sealed class FullDiskTests : AsyncLifetime, IDisposable
{
    private readonly DashboardApplication app = new()
    {
        Environment = "Production",
        Settings =
        {
            ["Public:BaseUrl"] = "http://localhost",
            ["Mail:Smtp:Host"] = "smtp.agency.gov.sg",
            ["Accounts:AllowedEmailDomains:0"] = "*",
        },
    };

    private readonly Visitor mei;
    private Account account = null!;

    public FullDiskTests() => mei = new Visitor(app);

    public override async Task InitializeAsync() => account = await app.AddAccountAsync("mei@agency.gov.sg");

    public void Dispose()
    {
        mei.Dispose();
        app.Dispose();
    }

    [Fact]
    public async Task A_key_in_use_works_on_and_whoever_deletes_it_is_told_that_it_was_not()
    {
        using var program = app.CreateClient((await app.IssueKeyAsync(account)).Token);
        using var before = await program.GetAsync("/v1/api-keys/current");
        app.Disk.IsFull = true;

        using var asked = await program.GetAsync("/v1/api-keys/current");
        using var deleted = await program.DeleteAsync("/v1/api-keys/current");
        using var askedAgain = await program.GetAsync("/v1/api-keys/current");

        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Equal("internal_server", (await Problem.ReadAsync(deleted, HttpStatusCode.InternalServerError)).Code);
        Assert.Equal(HttpStatusCode.OK, askedAgain.StatusCode);
    }

    [Fact]
    public async Task Whoever_asks_for_a_code_is_told_why_there_is_none()
    {
        var form = await mei.OpenAsync("/sign-in");
        app.Disk.IsFull = true;

        var page = await mei.PressAsync(form, "Send code", ("Email", "mei@agency.gov.sg"));

        Assert.Equal((HttpStatusCode.InternalServerError, "Something went wrong"), (page.Status, page.Heading));
        Assert.Contains("The server’s disk is full", page.Html, StringComparison.Ordinal);
        Assert.Empty(app.Mail.Sent);
    }

    [Fact]
    public async Task What_programs_send_is_refused_as_the_page_about_it_says()
    {
        using var program = app.CreateClient((await app.IssueKeyAsync(account)).Token);
        using var before = await program.GetAsync("/v1/api-keys/current");
        var form = await mei.OpenAsync("/sign-in");
        app.Disk.IsFull = true;

        using var sent = await program.PostAsJsonAsync("/v1/transactional/email/send", new { recipient = "raj@example.org", subject = "s", body = "b" });
        var page = await mei.PressAsync(form, "Send code", ("Email", "mei@agency.gov.sg"));

        Assert.Equal("internal_server", (await Problem.ReadAsync(sent, HttpStatusCode.InternalServerError)).Code);
        Assert.Contains("API calls are rejected with an error", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_signs_out_is_signed_out()
    {
        await mei.SignInAsync("mei@agency.gov.sg");
        var settings = await mei.OpenAsync("/settings");
        app.Disk.IsFull = true;

        await mei.PressAsync(settings, "Sign out");

        Assert.False(await mei.IsSignedInAsync());
    }
}
