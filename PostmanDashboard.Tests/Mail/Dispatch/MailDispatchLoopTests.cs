using PostmanDashboard.Tests.Testing;

namespace PostmanDashboard.Tests.Mail.Dispatch;

public sealed class MailDispatchLoopTests
{
    [Fact]
    public async Task What_is_put_into_the_outbox_is_sent_at_once_and_no_clock_need_move()
    {
        await using var app = new DashboardApplication { Settings = { ["Jobs:Enabled"] = "true" } };

        await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));

        var sent = await app.Mail.NextAsync();
        Assert.Equal("API key “Grant system” was created", sent.Subject);
    }
}
