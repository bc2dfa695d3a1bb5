using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Accounts.SignIn.Links;

/// <summary>Tells an administrator, once mail leaves again, that a link to sign in as them was made.</summary>
public sealed class SignInLinkNotice(Outbox outbox, AgencyTime time)
{
    public void Notify(DashboardDbContext db, EmailAddress address, SignInLink link) => outbox.Add(db, new MailDraft(
        MailKind.Notice,
        address,
        "A link to sign in to Postman as you was made",
        new MailContent()
            .Paragraph("Somebody who may work on the server made a link to sign in as you without a code. It works once, for ten minutes.")
            .Facts(("Made", time.Format(link.CreatedAt)), ("By", $"{link.MadeBy}, on the server"))
            .Paragraph("If that wasn’t you or your team, talk to whoever runs the server at once."),
        ApiKeyId: null));
}
