using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.Messages.Attachments;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Trial;

/// <summary>Every example of docs/api.md is run against a dashboard that listens, by a reader who has a key and three files to attach.</summary>
public sealed class GuideTests : AsyncLifetime, IDisposable
{
    private const string Mei = "mei@agency.gov.sg";

    // The clock stands still: everything here is sent within one second.
    private readonly DashboardApplication app = new() { Settings = { ["Messages:PerSecond"] = "100" } };
    private readonly SnippetRunner runner = new();
    private string address = null!;

    public override async Task InitializeAsync()
    {
        address = app.Listen().ToString().TrimEnd('/');
        var account = await app.AddAccountAsync(Mei);
        var key = await app.IssueKeyAsync(account, "Grant system", ApiKeyLifetime.Days30);
        runner.Environment["POSTMAN_API_KEY"] = key.Token.Plaintext;
        runner.Environment["OLD_POSTMAN_API_KEY"] = (await app.IssueKeyAsync(account, "Old grant system")).Token.Plaintext;
        runner.Environment["MESSAGE_ID"] = await SendAsync(key.Token);
        await File.WriteAllTextAsync(Path.Combine(runner.Folder, "report.pdf"), "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
        await File.WriteAllBytesAsync(Path.Combine(runner.Folder, "seal.png"), TestFiles.Png);
        await File.WriteAllTextAsync(Path.Combine(runner.Folder, "figures.csv"), "year,grants\n2026,815\n");
    }

    public void Dispose()
    {
        runner.Dispose();
        app.Dispose();
    }

    [FactNeeding(Needs.Curl)]
    public async Task Examples_in_the_shell_do_what_the_guide_says()
    {
        var printed = await RunAllAsync("sh");

        Assert.Contains("postman-api-key-expires: 2026-02-04T09:00:00.000Z", printed, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("postman-api-key-warning: expires in 30 days", printed, StringComparison.OrdinalIgnoreCase);
        await using var db = app.CreateDbContext();
        Assert.Single(await db.Messages.Where(message => message.Subject == "Approved").ToListAsync());
        Assert.Equal(2, (await db.Messages.Include(message => message.Attachments).SingleAsync(message => message.Subject == "Your report")).Attachments.Count);
        Assert.Contains("cid:0", (await db.Messages.SingleAsync(message => message.Subject == "Your certificate")).Body, StringComparison.Ordinal);
        Assert.NotNull((await db.ApiKeys.SingleAsync(key => key.Label == "Old grant system")).DeletedAt);
    }

    [FactNeeding(Needs.Node)]
    public async Task Examples_in_JavaScript_do_what_the_guide_says()
    {
        await app.RunJobsAsync();

        var printed = await RunAllAsync("js");

        Assert.Contains($"{runner.Environment["MESSAGE_ID"]} {Mei} SENT", printed, StringComparison.Ordinal);
        await using var db = app.CreateDbContext();
        Assert.Equal(["raj@agency.gov.sg"], (await db.Messages.SingleAsync(message => message.Subject == "By nodemailer")).Cc);
    }

    [FactNeeding(Needs.Python)]
    public async Task Examples_in_Python_do_what_the_guide_says() => Assert.Contains("ACCEPTED", await RunAllAsync("python"), StringComparison.Ordinal);

    [Fact]
    public async Task Examples_in_CSharp_do_what_the_guide_says()
    {
        await RunAllAsync("csharp");

        await using var db = app.CreateDbContext();
        Assert.Single((await db.Messages.Include(message => message.Attachments).SingleAsync(message => message.Subject == "Your report")).Attachments);
    }

    [Fact]
    public void The_first_examples_are_those_of_Settings_and_no_block_is_in_a_language_that_nobody_runs()
    {
        var blocks = GuideBlock.ReadAll();

        Assert.All(Snippets.Create(GuideBlock.Root, Mei), snippet => Assert.Contains(snippet.Code, blocks.Select(block => block.Text)));
        Assert.Equal(["csharp", "js", "json", "python", "sh"], blocks.Select(block => block.Language).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            File.ReadLines(BuildPaths.Find("Guide")).Count(line => line.StartsWith("```", StringComparison.Ordinal)),
            2 * blocks.Count);
    }

    [Fact]
    public void The_guide_names_the_files_that_may_be_attached() =>
        Assert.Contains(FileTypes.Allowed, File.ReadAllText(BuildPaths.Find("Guide")), StringComparison.Ordinal);

    /// <returns>All that the examples of the language printed.</returns>
    private async Task<string> RunAllAsync(string language)
    {
        var printed = new List<string>();
        foreach (var block in GuideBlock.ReadAll().Where(block => block.Language == language))
        {
            var before = await CountMessagesAsync();
            printed.Add(await runner.RunAsync(language, block.Text.Replace(GuideBlock.Root, address, StringComparison.Ordinal)));
            AssertPrinted(block, printed[^1]);
            var sends = block.Text.Contains("Send", StringComparison.OrdinalIgnoreCase) && !printed[^1].Contains("\"code\"", StringComparison.Ordinal);
            Assert.Equal(sends ? before + 1 : before, await CountMessagesAsync());
        }

        return string.Concat(printed);
    }

    private static void AssertPrinted(GuideBlock block, string printed)
    {
        if (block.Shows is null)
        {
            Assert.DoesNotContain("\"code\"", printed, StringComparison.Ordinal);
            return;
        }

        using var shown = JsonDocument.Parse(block.Shows);
        using var real = JsonDocument.Parse(printed);
        Assert.True(HasShapeOf(real.RootElement, shown.RootElement), $"The guide shows\n{block.Shows}\nand not\n{printed}");
    }

    /// <summary>The same members in the same order, of the same kinds; null is of any kind. Every entry of a list is like the first that is shown.</summary>
    private static bool HasShapeOf(JsonElement real, JsonElement shown) => (real.ValueKind, shown.ValueKind) switch
    {
        (JsonValueKind.Null, _) or (_, JsonValueKind.Null) => true,
        (JsonValueKind.Object, JsonValueKind.Object) =>
            real.EnumerateObject().Select(member => member.Name).SequenceEqual(shown.EnumerateObject().Select(member => member.Name))
            && real.EnumerateObject().All(member => HasShapeOf(member.Value, shown.GetProperty(member.Name))),
        (JsonValueKind.Array, JsonValueKind.Array) => real.EnumerateArray().All(entry => HasShapeOf(entry, shown[0])),
        var (one, other) => one == other,
    };

    private async Task<string> SendAsync(ApiKeyToken token)
    {
        using var client = app.CreateClient(token);
        using var response = await client.PostAsJsonAsync(
            "/v1/transactional/email/send", new { recipient = Mei, subject = "Before all others", body = "<p>It works.</p>" });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private async Task<int> CountMessagesAsync()
    {
        await using var db = app.CreateDbContext();
        return await db.Messages.CountAsync();
    }
}
