using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Accounts.SignIn.Limits;

namespace PostmanDashboard.Tests.Testing.Application;

/// <summary>Asks for the codes of others, to keep them out.</summary>
public static class SignInStranger
{
    public static Task<RequestCodeResult> AskAsStrangerAsync(this DashboardApplication app, string email) => app.Services.GetRequiredService<SignInCodes>()
        .RequestAsync(email, new CodeRequester("198.51.100.9", Browser: null), CancellationToken.None);

    /// <summary>Uses up the codes that an address gets in new browsers, or asks for so many.</summary>
    public static async Task UseUpCodesAsync(this DashboardApplication app, string email, int codes = SignInLimits.Codes)
    {
        for (var number = 0; number < codes; number++)
        {
            app.Clock.Advance(SignInLimits.Pause);
            await app.AskAsStrangerAsync(email);
        }
    }

    /// <returns>The path of the link that the mailbox then holds.</returns>
    public static async Task<string> UseUpCodesForLinkAsync(this DashboardApplication app, string email)
    {
        await app.UseUpCodesAsync(email);
        return SignInMails.LinkIn(app.Mail.To(email)[^1].TextBody);
    }
}
