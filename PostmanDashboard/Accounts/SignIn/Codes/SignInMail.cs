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
        var hasLink = code.LinkHash is not null;
        var link = site.Root + PageRoutes.WithSecret(PageRoutes.BrowserLink, secrets.Link);
        var linkUntil = time.Format(code.CreatedAt + SignInLimits.Window);
        return sender.Compose(
            code.Email,
            hasLink ? "Your Postman sign-in code, and a link to get another" : "Your Postman sign-in code",
            Text(spaced, until, hasLink ? LinkText(link, linkUntil) : ""),
            Html(spaced, until, hasLink ? LinkHtml(link, linkUntil) : ""),
            sender.NewMessageId(),
            clock.GetUtcNow());
    }

    private static string Text(string code, string until, string link) => $"""
        Your code to sign in to Postman: {code}

        Enter it in the browser window where you asked for it. It works once, until {until}.
        {link}
        Didn't ask for it? Someone may have mistyped their address. They can't sign in without
        this code, so there's nothing you need to do. Never share it: we won't ask you for it.
        """;

    private static string LinkText(string link, string until) => $"""

        {SignInLimits.Codes} codes were requested for this address within an hour, so new browsers have to wait
        for the next one. If you want to sign in now, open this link in your browser:

        {link}

        It lets your browser get a code right away. It works once, until {until},
        and signs nobody in by itself.

        """;

    private static string Html(string code, string until, string link) => $"""
        <!DOCTYPE html>
        <html lang="en"><body style="font-family: Arial, sans-serif; line-height: 1.5; color: #1b1f24">
        <p>Your code to sign in to Postman:</p>
        <p style="font-size: 28px; font-weight: bold; letter-spacing: 3px; margin: 16px 0">{code}</p>
        <p>Enter it in the browser window where you asked for it. It works once, until {until}.</p>
        {link}<p style="color: #57606a">Didn’t ask for it? Someone may have mistyped their address. They can’t sign in without this code,
        so there’s nothing you need to do. Never share it: we won’t ask you for it.</p>
        </body></html>
        """;

    private static string LinkHtml(string link, string until) => $"""
        <p>{SignInLimits.Codes} codes were requested for this address within an hour, so new browsers have to wait for the next one.
        If you want to sign in now, open this link in your browser:</p>
        <p><a href="{link}">{link}</a></p>
        <p>It lets your browser get a code right away. It works once, until {until}, and signs nobody in by itself.</p>

        """;
}
