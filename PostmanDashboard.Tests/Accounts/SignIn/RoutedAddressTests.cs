using MailKit.Net.Smtp;
using MimeKit;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.SignIn;

/// <summary>Nobody outside an agency reads a code for an address of it, whatever tricks of routing its mail server still knows.</summary>
public sealed class RoutedAddressTests
{
    private static readonly string[] Routes = ["attacker%evil.example@agency.gov.sg", "evil.example!attacker@agency.gov.sg"];

    [FactNeeding(Needs.Postfix)]
    public async Task A_code_for_an_address_that_Postfix_sends_on_to_an_outsider_is_not_sent()
    {
        await using var mailboxes = await TestSmtpServer.StartAsync();
        await using var postfix = await PostfixServer.StartAsync(mailboxes);
        await using var app = new DashboardApplication
        {
            UsesRealTransport = true,
            Settings =
            {
                ["Accounts:AllowedEmailDomains:0"] = ".gov.sg",
                ["Mail:Smtp:Host"] = TestSmtpServer.Host,
                ["Mail:Smtp:Port"] = $"{postfix.Port}",
                ["Mail:Smtp:Security"] = "None",
            },
        };
        using var attacker = new Visitor(app);
        using var mei = new Visitor(app);

        foreach (var route in Routes)
        {
            // The danger is real: the outsider gets what goes to this address.
            await SendAsync(postfix, route);
            Assert.Equal(["attacker@evil.example"], (await mailboxes.NextAsync()).Recipients);

            Assert.StartsWith("Addresses like this one can’t sign in", (await attacker.AskAsync(route)).Problem, StringComparison.Ordinal);
        }

        Assert.Null((await mei.AskAsync("mei@agency.gov.sg")).Problem);
        var code = await mailboxes.NextAsync();
        Assert.Equal(["mei@agency.gov.sg"], code.Recipients);
        Assert.Equal("/", (await mei.EnterAsync(SignInMails.CodeIn(code.Read().TextBody))).Location);
        Assert.True(mailboxes.IsEmpty);
    }

    private static async Task SendAsync(PostfixServer postfix, string recipient)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync(TestSmtpServer.Host, postfix.Port, useSsl: false);
        using var mail = new MimeMessage { Subject = "Code", Body = new TextPart { Text = "123 456" } };
        await client.SendAsync(mail, new MailboxAddress("", "postman@agency.gov.sg"), [new MailboxAddress("", recipient)]);
        await client.DisconnectAsync(quit: true);
    }
}
