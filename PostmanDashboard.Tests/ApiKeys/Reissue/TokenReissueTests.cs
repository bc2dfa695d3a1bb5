using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Reissue;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reissue;

public sealed class TokenReissueTests : AsyncLifetime, IDisposable
{
    private readonly TestKeys keys = new();
    private TokenReissue secrets = null!;
    private Account account = null!;
    private IssueApiKeyResult.Issued issued = null!;

    public override async Task InitializeAsync()
    {
        secrets = keys.Get<TokenReissue>();
        account = await keys.AddAccountAsync();
        issued = await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days90, "ann@agency.gov.sg", "ben@agency.gov.sg");
    }

    [Fact]
    public async Task A_key_that_was_never_used_gets_another_secret_and_the_lost_one_dies()
    {
        var token = Assert.IsType<ReissueResult.Replaced>(await ReplaceAsync()).Token;

        Assert.NotEqual(issued.Token.Plaintext, token.Plaintext);
        Assert.Equal(issued.Id, Assert.IsType<ApiKeyVerification.Accepted>(await VerifyAsync(token)).Key.Id);
        Assert.Equal(new ApiKeyVerification.Refused(ApiKeyRefusal.Unknown), await VerifyAsync(issued.Token));
    }

    [Fact]
    public async Task Everything_else_about_the_key_stays()
    {
        var before = await keys.FindAsync(account, issued.Id);
        var reminders = await RemindersAsync();
        keys.Clock.Advance(TimeSpan.FromDays(3));

        var token = Assert.IsType<ReissueResult.Replaced>(await ReplaceAsync()).Token;

        var after = await keys.FindAsync(account, issued.Id);
        Assert.Equivalent(before! with { Hint = token.Hint }, after, strict: true);
        Assert.Equal(reminders, await RemindersAsync());
        Assert.NotEmpty(reminders);
    }

    [Fact]
    public async Task A_used_key_keeps_its_secret()
    {
        await keys.Database.NoteUseAsync(issued.Id, keys.Clock.GetUtcNow());

        Assert.IsType<ReissueResult.AlreadyUsed>(await ReplaceAsync());
        await AssertUntouchedAsync();
    }

    [Fact]
    public async Task A_key_that_was_used_before_first_uses_were_noted_keeps_its_secret()
    {
        await keys.Database.NoteUseAsync(issued.Id, keys.Clock.GetUtcNow());
        await using (var db = keys.Database.CreateDbContext())
        {
            await db.ApiKeys.ExecuteUpdateAsync(set => set.SetProperty(key => key.FirstUsedAt, (DateTimeOffset?)null));
        }

        Assert.IsType<ReissueResult.AlreadyUsed>(await ReplaceAsync());
        await AssertUntouchedAsync();
    }

    [Fact]
    public async Task An_expired_key_gets_no_other_secret_from_the_very_instant_on()
    {
        keys.Clock.SetUtcNow((await keys.FindAsync(account, issued.Id))!.ExpiresAt);

        Assert.IsType<ReissueResult.Expired>(await ReplaceAsync());
    }

    [Fact]
    public async Task A_deleted_key_is_as_unknown_as_one_that_never_was()
    {
        await keys.DeleteAsync(account, issued.Id);

        Assert.IsType<ReissueResult.NotFound>(await ReplaceAsync());
        Assert.IsType<ReissueResult.NotFound>(await ReplaceAsync(account, Guid.NewGuid()));
    }

    [Fact]
    public async Task Another_account_s_key_is_replaced_as_little_as_an_unknown_one()
    {
        var stranger = await keys.AddAccountAsync("stranger@agency.gov.sg");

        Assert.IsType<ReissueResult.NotFound>(await ReplaceAsync(stranger, issued.Id));
        await AssertUntouchedAsync();
    }

    [Fact]
    public async Task A_disabled_account_gets_no_secret()
    {
        await keys.SetDisabledAsync(account, keys.Clock.GetUtcNow());

        Assert.IsType<ReissueResult.AccountDisabled>(await ReplaceAsync());
        await keys.SetDisabledAsync(account, since: null);
        await AssertUntouchedAsync();
    }

    [Fact]
    public async Task Of_eight_replacements_at_once_one_secret_is_left_that_works()
    {
        var results = await Together.RunAsync(8, _ => ReplaceAsync());

        var tokens = results.Select(result => Assert.IsType<ReissueResult.Replaced>(result).Token).Append(issued.Token);
        var accepted = 0;
        foreach (var token in tokens)
        {
            accepted += await VerifyAsync(token) is ApiKeyVerification.Accepted ? 1 : 0;
        }

        Assert.Equal(1, accepted);
    }

    [Fact]
    public async Task The_account_and_each_contact_are_told_and_no_mail_has_a_token()
    {
        await using var db = keys.Database.CreateDbContext();
        await db.OutgoingMails.ExecuteDeleteAsync();

        var token = Assert.IsType<ReissueResult.Replaced>(await ReplaceAsync()).Token;

        var mails = await db.OutgoingMails.AsNoTracking().OrderBy(mail => mail.Recipient).ToListAsync();
        Assert.Equal(["ann@agency.gov.sg", "ben@agency.gov.sg", "mei@agency.gov.sg"], mails.Select(mail => mail.Recipient));
        Assert.All(mails, mail =>
        {
            Assert.Equal(MailKind.Notice, mail.Kind);
            Assert.Equal("The secret of API key “Grant system” was replaced", mail.Subject);
            Assert.Contains($"•••••{token.Hint}", mail.Text, StringComparison.Ordinal);
            Assert.Contains("5 Jan 2026, 17:00 SGT by mei@agency.gov.sg, from 192.0.2.1", mail.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(ApiKeyToken.Prefix, mail.Text + mail.Html + mail.Subject, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Where_nothing_is_replaced_nobody_is_told()
    {
        await keys.Database.NoteUseAsync(issued.Id, keys.Clock.GetUtcNow());
        await using var db = keys.Database.CreateDbContext();
        await db.OutgoingMails.ExecuteDeleteAsync();

        await ReplaceAsync();

        Assert.Empty(db.OutgoingMails);
    }

    public void Dispose() => keys.Dispose();

    private Task<ReissueResult> ReplaceAsync() => ReplaceAsync(account, issued.Id);

    private Task<ReissueResult> ReplaceAsync(Account by, Guid id) =>
        secrets.ReplaceAsync(by.Id, id, new Actor(by.Email!, "192.0.2.1"), CancellationToken.None);

    private Task<ApiKeyVerification> VerifyAsync(ApiKeyToken token) => keys.Verifier.VerifyAsync(token.Plaintext, CancellationToken.None).AsTask();

    private async Task AssertUntouchedAsync()
    {
        Assert.IsType<ApiKeyVerification.Accepted>(await VerifyAsync(issued.Token));
        Assert.Equal(issued.Token.Hint, (await keys.FindAsync(account, issued.Id))!.Hint);
    }

    private async Task<IReadOnlyList<(Guid Id, DateTimeOffset DueAt, ReminderState State)>> RemindersAsync()
    {
        await using var db = keys.Database.CreateDbContext();
        return [.. (await db.Reminders.AsNoTracking().OrderBy(row => row.Id).ToListAsync()).Select(row => (row.Id, row.DueAt, row.State))];
    }
}
