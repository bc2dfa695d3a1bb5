using System.Globalization;
using MimeKit;
using PostmanDashboard.Accounts.SignIn.Limits;
using PostmanDashboard.Mail;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Accounts.SignIn.Codes;

/// <summary>The mail that carries a sign-in code. It doesn't go through the outbox: ten minutes later it is worth nothing.</summary>
public sealed class SignInMail(MailSender sender, AgencyTime time, PublicAddress site, TimeProvider clock)
{
    internal MimeMessage Compose(SignInCode code, CodeSecrets secrets)
    {
        var spaced = string.Create(CultureInfo.InvariantCulture, $"{secrets.Code[..3]} {secrets.Code[3..]}");
        var until = time.Format(code.ExpiresAt);
        var content = new MailContent()
            .Code("Your code to sign in to Postman", spaced)
            .Paragraph($"Enter it in the browser window where you asked for it. It works once, until {until}.");
        if (code.LinkHash is not null)
        {
            AddLink(content, site.Root + PageRoutes.WithSecret(PageRoutes.BrowserLink, secrets.Link), time.Format(code.CreatedAt + SignInLimits.Window));
        }

        content.Paragraph(
            "Didn’t ask for it? Someone may have mistyped their address. They can’t sign in without this code, so there’s nothing you need to do. " +
            "Never share it: we won’t ask you for it.");
        return sender.Compose(
            code.Email,
            code.LinkHash is null ? "Your Postman sign-in code" : "Your Postman sign-in code, and a link to get another",
            content.Text,
            content.Html,
            sender.NewMessageId(),
            clock.GetUtcNow());
    }

    private static void AddLink(MailContent content, string link, string until) => content
        .Paragraph(
            $"{SignInLimits.Codes} codes were requested for this address within an hour, so new browsers have to wait for the next one. If you want " +
            "to sign in now, open this link in your browser:")
        .Button("Get a code right away", link)
        .Paragraph($"It lets your browser get a code right away. It works once, until {until}, and signs nobody in by itself.");
}
