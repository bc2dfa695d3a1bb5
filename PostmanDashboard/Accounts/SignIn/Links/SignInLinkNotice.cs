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
        "A link to sign in to Postman as you was created",
        new MailContent()
            .Paragraph("Someone with access to the server created a link to sign in as you without a code. It works once, within 10 minutes.")
            .Facts(("Made", time.Format(link.CreatedAt)), ("By", $"{link.MadeBy}, on the server"))
            .Paragraph("If this wasn’t you or your team, contact whoever runs the server right away."),
        ApiKeyId: null));
}
