using System.Globalization;
using MimeKit;
using PostmanDashboard.Mail;
using PostmanDashboard.Shell;

namespace PostmanDashboard.Accounts.SignIn;

/// <summary>The mail that carries a sign-in code. It doesn't go through the outbox: ten minutes later it is worth nothing.</summary>
public sealed class SignInMail(MailSender sender, AgencyTime time, TimeProvider clock)
{
    public MimeMessage Compose(EmailAddress address, string code)
    {
        var now = clock.GetUtcNow();
        var spaced = string.Create(CultureInfo.InvariantCulture, $"{code[..3]} {code[3..]}");
        var until = time.Format(now + SignInCode.Lifetime);
        return sender.Compose(address.Text, "Your Postman sign-in code", Text(spaced, until), Html(spaced, until), sender.NewMessageId(), now);
    }

    private static string Text(string code, string until) => $"""
        Your code to sign in to Postman: {code}

        Enter it in the browser window where you asked for it. It works once, until {until}.

        You didn't ask for it? Then somebody typed your address. They can't sign in without
        this code, so you needn't do anything, and never pass it on: we won't ask you for it.
        """;

    private static string Html(string code, string until) => $"""
        <!DOCTYPE html>
        <html lang="en"><body style="font-family: Arial, sans-serif; line-height: 1.5; color: #1b1f24">
        <p>Your code to sign in to Postman:</p>
        <p style="font-size: 28px; font-weight: bold; letter-spacing: 3px; margin: 16px 0">{code}</p>
        <p>Enter it in the browser window where you asked for it. It works once, until {until}.</p>
        <p style="color: #57606a">You didn’t ask for it? Then somebody typed your address. They can’t sign in without this code,
        so you needn’t do anything, and never pass it on: we won’t ask you for it.</p>
        </body></html>
        """;
}
