using Microsoft.Extensions.Options;
using PostmanDashboard.Mail.Development;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Mail;

public static class MailSetup
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var development = builder.Environment.IsDevelopment();
        builder.AddSettings<MailOptions>(MailOptions.Section)
            .Validate(
                mail => development || !string.IsNullOrEmpty(mail.Smtp.Host),
                "Mail:Smtp:Host is not set, so no mail could be sent and nobody could sign in. Name your SMTP server, for example with the variable " +
                    "Mail__Smtp__Host.");
        var host = PublicOptions.Read(builder.Configuration).Host;
        builder.Services.PostConfigure<MailOptions>(mail => mail.Smtp.HeloName ??= host);
        builder.Services.AddSingleton<MailSender>();
        builder.Services.AddSingleton<MailServer>();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddSingleton<DeliveryRecorder>();
        builder.Services.AddSingleton<MailLeases>();
        builder.Services.AddSingleton<MailDispatch>();
        builder.Services.AddSingleton<DeferredMails>();
        builder.Services.AddSingleton<MailRetry>();
        builder.Services.AddSingleton<MailCleanUp>();
        builder.Services.AddSingleton<SmtpConnections>();
        builder.Services.AddSingleton<DevelopmentMailbox>();
        builder.Services.AddSingleton<SmtpMailTransport>();
        builder.Services.AddSingleton<FolderMailTransport>();
        if (builder.Environment.IsDevelopment())
        {
            // Where a mail server is named, codes go there and not into the mailbox.
            builder.Services.AddSingleton<WelcomeLine>(services =>
                address => services.UsesSmtp() ? null : $"Sign in with any address; the code is at {address}/dev/mail");
        }

        builder.Services.AddSingleton<IMailTransport>(services => services.UsesSmtp()
            ? services.GetRequiredService<SmtpMailTransport>()
            : services.GetRequiredService<FolderMailTransport>());
    }

    public static void MapMail(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            app.MapDevelopmentMailbox();
        }
    }

    /// <summary>Whether mails go to a server rather than into a folder.</summary>
    internal static bool UsesSmtp(this IServiceProvider services) =>
        !string.IsNullOrEmpty(services.GetRequiredService<IOptions<MailOptions>>().Value.Smtp.Host);
}
