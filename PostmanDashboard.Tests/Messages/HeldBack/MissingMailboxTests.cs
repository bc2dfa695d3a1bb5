using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Messages.HeldBack;

namespace PostmanDashboard.Tests.Messages.HeldBack;

public sealed class MissingMailboxTests
{
    [Theory]
    [InlineData("550", "550 5.1.1 No such mailbox")]
    [InlineData("550", "550-5.1.1 The email account that you tried to reach does not exist.")]
    [InlineData("553", "553 5.1.3 Bad recipient address syntax")]
    [InlineData("554", "554 5.1.2 Host unknown")]
    [InlineData("551", "551 5.1.6 Moved, and left no address")]
    [InlineData("556", "556 5.1.10 Recipient address has a null MX")]
    [InlineData("550", "550 No such user here")]
    [InlineData("550", "550 raj@example.org: User unknown")]
    [InlineData("550", "550 sorry, no mailbox here by that name. (#5.1.1)")]
    public void A_mailbox_that_is_not_there_is_known_by_its_code_or_else_its_words(string code, string reason) =>
        Assert.True(MissingMailbox.IsSaidBy(new MailFailure(code, reason)));

    [Theory]
    [InlineData("550", "550 Requested action not taken")]
    [InlineData("550", "550 Relaying denied")]
    [InlineData("550", "550 5.7.1 Relaying denied: no such user here")]
    [InlineData("554", "554 5.7.1 Message refused as spam")]
    [InlineData("550", "550 5.2.1 Mailbox disabled")]
    [InlineData("552", "552 5.2.2 Mailbox full")]
    [InlineData("550", "550 5.1.8 Bad sender's system address")]
    [InlineData("550", "550 Sender verify failed: unknown user")]
    [InlineData("550", "550 5.4.1 Recipient address rejected: Access denied")]
    [InlineData(MailFailure.Expired, "Given up after three days. 450 4.1.1 User unknown")]
    [InlineData(MailFailure.Unanswered, "Not tried again after three days. 550 5.1.1 No such mailbox")]
    public void Whatever_may_mean_something_else_is_no_verdict_on_an_address(string code, string reason) =>
        Assert.False(MissingMailbox.IsSaidBy(new MailFailure(code, reason)));
}
