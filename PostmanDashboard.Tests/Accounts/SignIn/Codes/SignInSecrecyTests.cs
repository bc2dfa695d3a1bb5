using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Accounts.SignIn.Codes;

/// <summary>The code is in the mail, the browser's secret in its cookie, and neither is anywhere else.</summary>
public sealed class SignInSecrecyTests : IDisposable
{
    private const string Email = "mei@agency.gov.sg";

    private readonly RecordingLogs logs = new();
    private readonly DashboardApplication app;
    private readonly Visitor mei;

    public SignInSecrecyTests()
    {
        app = new DashboardApplication { Logs = logs };
        mei = new Visitor(app);
    }

    public void Dispose()
    {
        mei.Dispose();
        app.Dispose();
        logs.Dispose();
    }

    [Fact]
    public async Task The_database_holds_neither_the_code_nor_the_secret_of_the_browser()
    {
        await mei.AskAsync(Email);
        var database = await ReadDatabaseAsync();

        Assert.Contains(Email, database, StringComparison.Ordinal);
        AssertHoldsNoSecret(database);
    }

    [Fact]
    public async Task The_logs_hold_neither_the_code_nor_the_secret_of_the_browser()
    {
        await mei.AskAsync(Email);
        var (code, secret) = (Digits, Secret);
        await mei.EnterAsync(SignInMails.WrongCode(code));
        await mei.EnterAsync(code);

        Assert.True(await mei.IsSignedInAsync());
        Assert.Contains("/sign-in/code", logs.Text, StringComparison.Ordinal);
        AssertHoldsNoSecret(logs.Text, code, secret);
    }

    [Fact]
    public async Task The_log_says_why_a_mail_was_not_sent_and_not_what_was_in_it()
    {
        app.Mail.Refusal = new MailDelivery.Refused("550 5.1.1 No such mailbox", IsFinal: true);

        await mei.AskAsync(Email);

        Assert.Contains("550 5.1.1 No such mailbox", logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_for_codes_that_cant_be_mailed_fills_no_log()
    {
        app.Mail.Refusal = new MailDelivery.Refused("450 4.2.0 Greylisted", IsFinal: false);

        for (var times = 0; times < 5; times++)
        {
            await mei.AskAsync(Email);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var lines = logs.Text.Split('\n').Where(line => line.Contains("A sign-in code could not be mailed", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.EndsWith("(4 more in the last minute)", lines[1].TrimEnd(), StringComparison.Ordinal);
    }

    private string Digits => app.Mail.LastCode(Email).Replace(" ", "", StringComparison.Ordinal);

    private string Secret => mei.Cookies.Find("Postman.SignIn")!.Value.Value!;

    private void AssertHoldsNoSecret(string text) => AssertHoldsNoSecret(text, Digits, Secret);

    private static void AssertHoldsNoSecret(string text, string code, string secret)
    {
        Assert.DoesNotMatch($@"(?<![.0-9A-Fa-f]){code}(?![0-9A-Fa-f])", text);
        Assert.DoesNotContain($"{code[..3]} {code[3..]}", text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    /// <summary>Everything that the database holds, as one text with a character for each byte.</summary>
    private async Task<string> ReadDatabaseAsync()
    {
        var copy = Path.Combine(app.Folder, "copy.db");
        await using var db = app.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}");
        return System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(copy));
    }
}
