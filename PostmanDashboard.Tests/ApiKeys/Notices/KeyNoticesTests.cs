using AngleSharp.Html.Parser;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Notices;

/// <summary>What the account and the contacts read when a key is made, changed and deleted.</summary>
public sealed class KeyNoticesTests : AsyncLifetime, IDisposable
{
    private const string Owner = "mei@agency.gov.sg";
    private const string Ann = "ann@agency.gov.sg";
    private const string Evil = "<img src=x onerror=alert(1)>\r\nBcc: x@y.example";

    private readonly TestReminders reminders = new();
    private Account account = null!;

    public override async Task InitializeAsync() => account = await reminders.Keys.AddAccountAsync(Owner);

    [Fact]
    public async Task A_new_key_is_told_to_the_account_and_to_each_contact()
    {
        await reminders.Keys.IssueAsync(account, "Grant system", ApiKeyLifetime.SixMonths, Ann, "ben@agency.gov.sg");

        await reminders.SendAsync();

        Assert.Equal(
            [(Ann, "You’re a contact for API key “Grant system”"), ("ben@agency.gov.sg", "You’re a contact for API key “Grant system”"),
                (Owner, "API key “Grant system” was created")],
            Sent().Order());
    }

    [Fact]
    public async Task An_account_that_is_its_own_contact_in_any_case_gets_one_mail()
    {
        var key = await reminders.Keys.IssueAsync(account, "Grant system", ApiKeyLifetime.SixMonths, "MEI@Agency.gov.sg", Ann);
        await reminders.SendAsync();
        Assert.Equal("API key “Grant system” was created", Assert.Single(reminders.Mail.To(Owner)).Subject);

        await reminders.Keys.DeleteAsync(account, key.Id);
        await reminders.SendAsync();

        Assert.Equal("API key “Grant system” was deleted", Assert.Single(reminders.Mail.To(Owner).Skip(1)).Subject);
        Assert.Equal(2, reminders.Mail.To(Ann).Count);
    }

    [Fact]
    public async Task A_contact_of_a_key_of_thirty_days_is_not_promised_a_mail_a_month_before()
    {
        await reminders.Keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days30, Ann);
        await reminders.SendAsync();

        var told = Assert.Single(reminders.Mail.To(Ann)).TextBody;
        Assert.Contains("We’ll email you before it expires, and once it has.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deletion_says_who_and_from_where()
    {
        var key = await reminders.Keys.IssueAsync(account, "Grant system", ApiKeyLifetime.SixMonths, Ann);

        await reminders.Keys.DeleteAsync(account, key.Id);
        await reminders.SendAsync();

        // Mails that are due at one instant go out side by side, in no order.
        foreach (var address in new[] { Ann, Owner })
        {
            var told = Assert.Single(reminders.Mail.To(address), mail => mail.Subject == "API key “Grant system” was deleted");
            Assert.Contains($"by {Owner}, from 192.0.2.1", told.TextBody, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_that_could_not_be_made_is_told_to_nobody()
    {
        await reminders.Keys.IssueAsync(account, "Grant system");
        await reminders.SendAsync();

        Assert.IsType<IssueApiKeyResult.LabelTaken>(await reminders.Keys.TryIssueAsync(account, "GRANT SYSTEM"));
        await reminders.SendAsync();

        Assert.Single(reminders.Mail.Sent);
        Assert.Single(await reminders.MailsAsync());
    }

    [Fact]
    public async Task No_mail_of_any_kind_ever_holds_the_token()
    {
        var (key, token) = await GoThroughEveryKindOfMailAsync("Grant system");

        // What a message says is its program's affair.
        Assert.Equal(Enum.GetValues<MailKind>().Except([MailKind.Message]), (await reminders.MailsAsync()).Select(mail => mail.Kind).Distinct().Order());
        Assert.All(reminders.Mail.Sent, mail =>
        {
            using var raw = new MemoryStream();
            mail.WriteTo(raw);
            var all = $"{System.Text.Encoding.UTF8.GetString(raw.ToArray())}\n{mail.TextBody}\n{mail.HtmlBody}\n{mail.Subject}";
            Assert.DoesNotContain(token.Plaintext, all, StringComparison.Ordinal);
            // Nor the middle of it, and nothing that looks like one.
            Assert.DoesNotContain(token.Plaintext[5..25], all, StringComparison.Ordinal);
            Assert.DoesNotContain(ApiKeyToken.Prefix, all, StringComparison.Ordinal);
        });
        Assert.NotEqual(Guid.Empty, key);
    }

    [Fact]
    public async Task A_label_made_to_do_harm_is_only_text_in_every_kind_of_mail()
    {
        await GoThroughEveryKindOfMailAsync(Evil);

        Assert.All(reminders.Mail.Sent, mail =>
        {
            using var raw = new MemoryStream();
            mail.WriteTo(raw);
            raw.Position = 0;
            var received = MimeKit.MimeMessage.Load(raw);
            Assert.Empty(received.Bcc);
            Assert.DoesNotContain(received.Headers, header => header.Field.Equals("Bcc", StringComparison.OrdinalIgnoreCase));
            Assert.Single(received.To);
            Assert.Contains("<img src=x onerror=alert(1)> Bcc: x@y.example", received.Subject, StringComparison.Ordinal);
            var document = new HtmlParser().ParseDocument(received.HtmlBody!);
            Assert.Empty(document.QuerySelectorAll("img, script, [onerror]"));
            Assert.Contains("<img src=x onerror=alert(1)> Bcc: x@y.example", document.Body!.TextContent, StringComparison.Ordinal);
            // One line of the text, so that it can't pass for another fact.
            Assert.Contains("Label: <img src=x onerror=alert(1)> Bcc: x@y.example\n", received.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        });
    }

    public void Dispose() => reminders.Dispose();

    private IEnumerable<(string To, string Subject)> Sent() =>
        reminders.Mail.Sent.Select(mail => (mail.To.Mailboxes.Single().Address, mail.Subject!));

    /// <summary>Creation, test, reminder, contacts that can't be reached, expiry and deletion, with one contact, who is refused once.</summary>
    private async Task<(Guid Key, ApiKeyToken Token)> GoThroughEveryKindOfMailAsync(string label)
    {
        var issued = await reminders.Keys.IssueAsync(account, label, ApiKeyLifetime.SixMonths, Ann);
        await reminders.ContactTestMail.SendAsync(account.Id, issued.Id, TestKeys.By(account), CancellationToken.None);
        await reminders.SendAsync();
        await reminders.GoToAsync(issued.Id, ReminderStage.OneMonth);
        reminders.Mail.Refuse(Ann, new MailDelivery.Refused("550 No such mailbox", IsFinal: true));
        await reminders.RunJobsAsync();
        reminders.Mail.Refuse(Ann, null);
        await reminders.GoToAsync(issued.Id, ReminderStage.OneDay);
        await reminders.RunJobsAsync();
        await reminders.GoToAsync(issued.Id, ReminderStage.Expired);
        await reminders.RunJobsAsync();
        await reminders.Keys.DeleteAsync(account, issued.Id);
        await reminders.SendAsync();
        return (issued.Id, issued.Token);
    }
}
