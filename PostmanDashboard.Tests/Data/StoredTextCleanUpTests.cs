using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Bearer.Cache;
using PostmanDashboard.Data;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Data;

/// <summary>Lines that were stored before anything took invisible characters and marks of direction out of them.</summary>
public sealed class StoredTextCleanUpTests : AsyncLifetime, IDisposable
{
    /// <summary>Not the newest one.</summary>
    private const string OlderVersion = "NoteErrorCodesOfMails";

    private readonly DashboardApplication application = new();
    private Account account = null!;

    public override async Task InitializeAsync() => account = await application.AddAccountAsync("mei@agency.gov.sg");

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task A_label_is_cleaned_and_compared_again_by_an_upgrade()
    {
        await StoreAsync("Grant \u202emetsys\u202c", "GRANT \u202eMETSYS\u202c");
        await StoreAsync("می\u200cخواهم", "می\u200cخواهم");

        await UpgradeAsync();

        Assert.Equal([("Grant metsys", "GRANT METSYS"), ("می\u200cخواهم", "میخواهم")], await LabelsAsync());
    }

    [Fact]
    public async Task Of_labels_that_become_alike_all_but_one_get_a_number()
    {
        await StoreAsync("Gra\u200bnts", "GRA\u200bNTS");
        await StoreAsync("Grants", "GRANTS");
        await StoreAsync("Grants (2)", "GRANTS (2)");
        await StoreAsync("gran\u2060ts", "GRAN\u2060TS");

        await UpgradeAsync();

        Assert.Equal(["Grants (3)", "Grants", "Grants (2)", "grants (4)"], (await LabelsAsync()).Select(label => label.Text));
    }

    [Fact]
    public async Task Labels_of_other_accounts_and_of_deleted_keys_may_be_alike()
    {
        await StoreAsync("Grants", "GRANTS");
        var deleted = await StoreAsync("Gr\u200bants", "GR\u200bANTS");
        await SqlAsync($"UPDATE ApiKeys SET DeletedAt = CreatedAt WHERE Id = {deleted}");
        account = await application.AddAccountAsync("ravi@agency.gov.sg");
        await StoreAsync("Grants\ufeff", "GRANTS\ufeff");

        await UpgradeAsync();

        Assert.Equal(["Grants", "Grants", "Grants"], (await LabelsAsync()).Select(label => label.Text));
    }

    [Fact]
    public async Task A_label_without_visible_characters_is_named_after_its_key()
    {
        var id = await StoreAsync("\u200b\u2060", "\u200b\u2060");

        await UpgradeAsync();

        await using var db = application.CreateDbContext();
        Assert.Equal($"Key {(await db.ApiKeys.SingleAsync(key => key.Id == id)).Hint}", (await LabelsAsync()).Single().Text);
    }

    [Fact]
    public async Task Subjects_names_tags_and_reasons_are_cleaned_by_an_upgrade()
    {
        var key = await application.IssueKeyAsync(account);
        using var program = application.CreateClient(key.Token);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("wei@example.com"), "recipient" },
            { new StringContent("Hello"), "subject" },
            { new StringContent("<p>Hello</p>"), "body" },
            { new ByteArrayContent(TestFiles.Pdf), "attachments", "letter.pdf" },
        };
        using var answer = await program.PostAsync(MessagesApp.Path, form);
        answer.EnsureSuccessStatusCode();
        await SqlAsync($"UPDATE Messages SET Subject = {"Re\u202e: 你好\u200b"}, \"From\" = {"Team\u200e X <x@agency.gov.sg>"}, Tag = {"\u200b"}");
        await SqlAsync($"UPDATE MessageAttachments SET FileName = {"gpj\u202e.pdf"}");
        await SqlAsync($"UPDATE OutgoingMails SET Subject = {"\u2067Hello\u2069"}, Reason = {"550 no\u001b[2J"} WHERE MessageId IS NOT NULL");

        await UpgradeAsync();

        Assert.Equal(
            ["Re: 你好", "Team X <x@agency.gov.sg>", "", "gpj.pdf", "Hello", "550 no[2J"],
            await StoredAsync($"""
                SELECT m.Subject || '|' || m."From" || '|' || ifnull(m.Tag, '') || '|' || file.FileName || '|' || mail.Subject || '|' || mail.Reason AS Value
                FROM Messages m JOIN MessageAttachments file ON file.MessageId = m.Id JOIN OutgoingMails mail ON mail.MessageId = m.Id
                """));
    }

    /// <summary>A key whose label stands in the table as an older version wrote it.</summary>
    private async Task<Guid> StoreAsync(string label, string normalized)
    {
        application.Clock.Advance(TimeSpan.FromSeconds(1));
        var id = (await application.IssueKeyAsync(account, $"Key {Guid.NewGuid()}")).Id;
        await SqlAsync($"UPDATE ApiKeys SET Label = {label}, NormalizedLabel = {normalized} WHERE Id = {id}");
        return id;
    }

    private async Task UpgradeAsync()
    {
        await using var db = application.CreateDbContext();
        await db.GetService<IMigrator>().MigrateAsync(OlderVersion);
        SqliteConnection.ClearAllPools();
        // The program upgrades before anyone calls.
        application.Services.GetRequiredService<KeyCache>().Dispose();
        await application.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(CancellationToken.None);
    }

    private async Task<List<(string Text, string Normalized)>> LabelsAsync() =>
        [.. (await StoredAsync($"SELECT group_concat(Label || '|' || NormalizedLabel, '|') AS Value FROM (SELECT * FROM ApiKeys ORDER BY CreatedAt)"))
            .Chunk(2).Select(pair => (pair[0], pair[1]))];

    /// <summary>What the file holds, which is not what an entity shows of it.</summary>
    private async Task<string[]> StoredAsync(FormattableString query)
    {
        await using var db = application.CreateDbContext();
        return (await db.Database.SqlQuery<string>(query).ToListAsync()).Single().Split('|');
    }

    private async Task SqlAsync(FormattableString command)
    {
        await using var db = application.CreateDbContext();
        await db.Database.ExecuteSqlAsync(command);
    }
}
