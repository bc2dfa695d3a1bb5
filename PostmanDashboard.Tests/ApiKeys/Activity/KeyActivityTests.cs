using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Reissue;
using PostmanDashboard.ApiKeys.Reminders.Mails;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Activity;

public sealed class KeyActivityTests : AsyncLifetime, IDisposable
{
    /// <summary>What SQLite calls a trigger that refuses.</summary>
    private const int TriggerViolation = 1811;

    private readonly TestKeys keys = new();
    private Account account = null!;
    private IssueApiKeyResult.Issued key = null!;

    public override async Task InitializeAsync()
    {
        account = await keys.AddAccountAsync();
        key = await keys.IssueAsync(account, "Grants", ApiKeyLifetime.Days90, "ann@agency.gov.sg", "ben@agency.gov.sg");
    }

    [Fact]
    public async Task It_begins_with_who_made_the_key_when_and_from_where()
    {
        var made = Assert.Single(await ListAsync());

        Assert.Equal(
            (KeyEventKind.Generated, keys.Clock.GetUtcNow(), "mei@agency.gov.sg", "192.0.2.1", null),
            (made.Kind, made.At, made.ActorName, made.ActorAddress, made.Detail));
        Assert.Equal(TestKeys.By(account), await keys.Get<KeyActivity>().FindMakerAsync(account.Id, key.Id, CancellationToken.None));
    }

    [Fact]
    public async Task An_edit_says_what_was_changed()
    {
        await keys.ChangeAsync(account, key.Id, "Permits", "ben@agency.gov.sg", "cat@agency.gov.sg");

        Assert.Equal(
            ["ContactsChanged Added cat@agency.gov.sg. Removed ann@agency.gov.sg.", "LabelChanged Grants → Permits", "Generated"], await SaidAsync(key.Id));
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_says_nothing()
    {
        await keys.ChangeAsync(account, key.Id, "Grants", "BEN@agency.gov.sg", "ann@agency.gov.sg");

        Assert.Equal(["Generated"], await SaidAsync(key.Id));
    }

    [Fact]
    public async Task An_edit_that_is_refused_says_nothing()
    {
        await keys.IssueAsync(account, "Permits");
        await keys.ChangeAsync(account, key.Id, "permits", "cat@agency.gov.sg");

        Assert.Equal(["Generated"], await SaidAsync(key.Id));
    }

    [Fact]
    public async Task A_change_of_all_contacts_is_cut_to_what_fits()
    {
        var many = Enumerable.Range(0, 10).Select(number => $"{new string('a', 60)}{number}@agency.gov.sg").ToArray();
        Assert.IsType<ChangeApiKeyResult.Changed>(await keys.ChangeAsync(account, key.Id, "Grants", many));

        var detail = (await ListAsync())[0].Detail!;
        Assert.Equal((KeyEvent.DetailMaxLength, '…'), (detail.Length, detail[^1]));
    }

    [Fact]
    public async Task A_rotation_is_told_by_both_keys()
    {
        var started = await RotateAsync();

        Assert.Equal(["RotationStarted Replaced by Grants (2).", "Generated"], await SaidAsync(key.Id));
        Assert.Equal(["RotationStarted Replaces Grants.", "Generated"], await SaidAsync(started));
    }

    [Fact]
    public async Task A_rotation_that_is_given_up_is_told_by_both_keys()
    {
        var started = await RotateAsync();
        await using (var db = keys.Database.CreateDbContext())
        {
            await keys.Get<KeyRotations>().AbandonAsync(
                account.Id, (await db.KeyRotations.SingleAsync()).Id, TestKeys.By(account), CancellationToken.None);
        }

        Assert.Equal("RotationStopped", (await SaidAsync(key.Id))[0]);
        Assert.Equal("RotationStopped", (await SaidAsync(started))[0]);
    }

    [Fact]
    public async Task Deleting_the_replacement_stops_the_rotation_of_the_old_key()
    {
        var started = await RotateAsync();
        await keys.DeleteAsync(account, started);

        Assert.Equal("RotationStopped The replacement was deleted.", (await SaidAsync(key.Id))[0]);
        Assert.Equal("Deleted", (await SaidAsync(started))[0]);
    }

    [Fact]
    public async Task Another_token_and_test_mails_are_told_and_no_token_with_them()
    {
        var replaced = Assert.IsType<ReissueResult.Replaced>(
            await keys.Get<TokenReissue>().ReplaceAsync(account.Id, key.Id, TestKeys.By(account), CancellationToken.None));
        await keys.Get<ContactTestMail>().SendAsync(account.Id, key.Id, TestKeys.By(account), CancellationToken.None);
        await keys.Get<KeyTestRecord>().AddAsync(replaced.Token, TestKeys.By(account), CancellationToken.None);
        await keys.Get<KeyTestRecord>().AddAsync(key.Token, TestKeys.By(account), CancellationToken.None);

        Assert.Equal(
            ["TestMailSent", "ContactTestMailSent", $"TokenReplaced Ends in {replaced.Token.Hint} now.", "Generated"], await SaidAsync(key.Id));
    }

    [Fact]
    public async Task Of_another_account_nothing_is_told()
    {
        var stranger = await keys.AddAccountAsync("li@agency.gov.sg");

        Assert.Empty(await keys.Get<KeyActivity>().ListAsync(stranger.Id, key.Id, null, CancellationToken.None));
        Assert.Null(await keys.Get<KeyActivity>().FindMakerAsync(stranger.Id, key.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Older_ones_follow_page_by_page()
    {
        for (var round = 0; round < KeyActivity.PageSize; round++)
        {
            await keys.ChangeAsync(account, key.Id, $"Grants {round}", "ann@agency.gov.sg", "ben@agency.gov.sg");
        }

        var newest = await ListAsync();
        Assert.Equal(KeyActivity.PageSize, newest.Count);
        var older = await keys.Get<KeyActivity>().ListAsync(account.Id, key.Id, newest[^1].Id, CancellationToken.None);
        Assert.Equal(KeyEventKind.Generated, Assert.Single(older).Kind);
    }

    [Theory]
    [InlineData("UPDATE KeyEvents SET ActorName = 'li@agency.gov.sg'")]
    [InlineData("DELETE FROM KeyEvents")]
    [InlineData("DELETE FROM ApiKeys")]
    public async Task The_database_refuses_to_change_or_to_forget_it(string sql)
    {
        await using var db = keys.Database.CreateDbContext();

        var refusal = await Assert.ThrowsAsync<SqliteException>(() => db.Database.ExecuteSqlRawAsync(sql));
        Assert.Equal(TriggerViolation, refusal.SqliteExtendedErrorCode);
        Assert.Single(await ListAsync());
    }

    public void Dispose() => keys.Dispose();

    private Task<IReadOnlyList<KeyEvent>> ListAsync() => keys.Get<KeyActivity>().ListAsync(account.Id, key.Id, null, CancellationToken.None);

    private async Task<IReadOnlyList<string>> SaidAsync(Guid id) =>
        [.. (await keys.Get<KeyActivity>().ListAsync(account.Id, id, null, CancellationToken.None)).Select(e => $"{e.Kind} {e.Detail}".TrimEnd())];

    private async Task<Guid> RotateAsync()
    {
        var request = new NewApiKey("Grants (2)", ["ann@agency.gov.sg"], ApiKeyLifetime.SixMonths);
        return Assert.IsType<StartRotationResult.Started>(
            await keys.Get<KeyRotations>().StartAsync(account.Id, key.Id, request, TestKeys.By(account), CancellationToken.None)).Replacement.Id;
    }
}
