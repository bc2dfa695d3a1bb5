using Microsoft.Extensions.Options;
using PostmanDashboard.Mail.Development;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Mail;

public static class MailSetup
{
    public static void AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<MailOptions>(configuration, MailOptions.Section)
            .Validate<IHostEnvironment>(
                (mail, environment) => environment.IsDevelopment() || !string.IsNullOrEmpty(mail.Smtp.Host),
                "Mail:Smtp:Host is not set, so no mail could be sent and nobody could sign in. Name your SMTP server, for example with the variable " +
                    "Mail__Smtp__Host.");
        var host = PublicOptions.Read(configuration).Host;
        services.PostConfigure<MailOptions>(mail => mail.Smtp.HeloName ??= host);
        services.AddSingleton<MailSender>();
        services.AddSingleton<MailServer>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<DeliveryRecorder>();
        services.AddSingleton<MailLeases>();
        services.AddSingleton<MailDispatch>();
        services.AddSingleton<DeferredMails>();
        services.AddSingleton<MailRetry>();
        services.AddSingleton<MailCleanUp>();
        services.AddSingleton<SmtpConnections>();
        services.AddSingleton<DevelopmentMailbox>();
        services.AddSingleton<SmtpMailTransport>();
        services.AddSingleton<FolderMailTransport>();
        // Where a mail server is named, codes go there and not into the mailbox.
        services.AddSingleton<WelcomeLine>(provider => address => provider.IsForDevelopment() && !provider.UsesSmtp()
            ? $"Sign in with any address; the code is at {address}{PageRoutes.DevelopmentMailbox}"
            : null);
        services.AddSingleton<IMailTransport>(provider => provider.UsesSmtp()
            ? provider.GetRequiredService<SmtpMailTransport>()
            : provider.GetRequiredService<FolderMailTransport>());
    }

    public static void MapMail(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.IsForDevelopment())
        {
            endpoints.MapDevelopmentMailbox();
        }
    }

    /// <summary>Whether mails go to a server rather than into a folder.</summary>
    internal static bool UsesSmtp(this IServiceProvider provider) =>
        !string.IsNullOrEmpty(provider.GetRequiredService<IOptions<MailOptions>>().Value.Smtp.Host);

    private static bool IsForDevelopment(this IServiceProvider provider) => provider.GetRequiredService<IHostEnvironment>().IsDevelopment();
}
