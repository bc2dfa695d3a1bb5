using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Shell.Settings;

/// <summary>A setting that can't work stops the start, and is named.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("Mail:From", "")]
    [InlineData("Mail:From", "Postman")]
    [InlineData("Mail:From", "donotreply@localhost")]
    [InlineData("Mail:From", "Postman <donotreply@postman.example>, other@postman.example")]
    [InlineData("Mail:Smtp:Port", "0")]
    [InlineData("Mail:Smtp:Port", "65536")]
    [InlineData("Mail:Smtp:Port", "many")]
    [InlineData("Mail:Smtp:Timeout", "00:00:00.9")]
    [InlineData("Mail:Smtp:Timeout", "00:05:01")]
    [InlineData("Mail:Smtp:Security", "Ssl3")]
    [InlineData("Mail:Smtp:Security", "7")]
    [InlineData("Mail:Smtp:User", "postman")]
    [InlineData("Mail:Smtp:Password", "secret")]
    [InlineData("Messages:PerSecond", "0")]
    [InlineData("Messages:PerSecond", "10001")]
    [InlineData("Messages:PerSecond", "many")]
    [InlineData("Messages:FromAliases:0", "Postman")]
    [InlineData("Accounts:AllowedEmailDomains:0", "")]
    [InlineData("Accounts:AllowedEmailDomains:0", "agency gov sg")]
    [InlineData("Accounts:AllowedEmailDomains:0", "*.gov.sg")]
    [InlineData("Accounts:AllowedEmailDomains:0", "..gov.sg")]
    [InlineData("Accounts:AllowedEmailDomains:0", "gov")]
    [InlineData("Accounts:AllowedEmailDomains:0", "@agency.gov.sg")]
    [InlineData("Accounts:AllowedEmailDomains:0", "mei@agency.gov.sg")]
    [InlineData("Accounts:AdminEmails:0", "boss")]
    [InlineData("Accounts:AdminEmails:0", "Boss <boss@agency.gov.sg>")]
    [InlineData("Rotation:QuietFor", "00:59:59")]
    [InlineData("Rotation:QuietFor", "30.00:00:01")]
    [InlineData("Rotation:QuietFor", "24:00:00")]
    [InlineData("Rotation:QuietFor", "a day")]
    [InlineData("Public:BaseUrl", "postman.agency.gov.sg")]
    [InlineData("Public:BaseUrl", "/postman")]
    [InlineData("Public:BaseUrl", "https://agency.gov.sg/postman")]
    [InlineData("Public:BaseUrl", "https://agency.gov.sg?x=1")]
    [InlineData("Public:BaseUrl", "https://mei@agency.gov.sg")]
    [InlineData("Mail:Smtp:Host", "127.0.0.1:25")]
    [InlineData("Mail:Smtp:Host", "smtp://smtp.agency.gov.sg")]
    [InlineData("Mail:Smtp:Host", "smtp agency")]
    [InlineData("Public:BaseUrl", "ftp://postman.agency.gov.sg")]
    [InlineData("Public:BaseUrl", "javascript:alert(1)")]
    [InlineData("Network:TrustedProxies:0", "")]
    [InlineData("Network:TrustedProxies:0", "proxy.agency.gov.sg")]
    [InlineData("Network:TrustedProxies:0", "10.1")]
    [InlineData("Network:TrustedProxies:0", "10.0.0.1:8080")]
    [InlineData("Network:TrustedProxies:0", "10.0.0.0/33")]
    [InlineData("Network:TrustedProxies:0", "0.0.0.0/0")]
    [InlineData("Network:TrustedProxies:0", "::/0")]
    [InlineData("Network:TrustedProxies:0", "::ffff:0.0.0.0/96")]
    [InlineData("Network:TrustedProxies:0", "*")]
    public void A_bad_setting_is_refused_by_name(string name, string value) =>
        Assert.Contains(name.TrimEnd('0').TrimEnd(':'), Refusal("Development", (name, value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Mail:From", "donotreply@agency.gov.sg")]
    [InlineData("Mail:From", "\"Postman, of the agency\" <donotreply@agency.gov.sg>")]
    [InlineData("Mail:Smtp:Port", "465")]
    [InlineData("Mail:Smtp:Host", "smtp_relay.agency.gov.sg")]
    [InlineData("Mail:Smtp:Host", "::1")]
    [InlineData("Public:BaseUrl", "https://postman.agency.gov.sg/")]
    [InlineData("Public:BaseUrl", "http://10.0.0.5:8080")]
    [InlineData("Mail:Smtp:Security", "tls")]
    [InlineData("Messages:PerSecond", "1")]
    [InlineData("Messages:PerSecond", "10000")]
    [InlineData("Accounts:AllowedEmailDomains:0", "*")]
    [InlineData("Accounts:AllowedEmailDomains:0", ".gov")]
    [InlineData("Accounts:AllowedEmailDomains:0", " Agency.gov.sg ")]
    [InlineData("Accounts:AdminEmails:0", " Boss@agency.gov.sg ")]
    [InlineData("Rotation:QuietFor", "01:00:00")]
    [InlineData("Rotation:QuietFor", "23:59:59")]
    [InlineData("Rotation:QuietFor", "30.00:00:00")]
    [InlineData("Public:BaseUrl", "https://postman.agency.gov.sg")]
    [InlineData("Public:BaseUrl", "")]
    [InlineData("Network:TrustedProxies:0", " 10.0.0.1 ")]
    [InlineData("Network:TrustedProxies:0", "10.0.0.0/24")]
    [InlineData("Network:TrustedProxies:0", "10.0.0.1/24")]
    [InlineData("Network:TrustedProxies:0", "2001:DB8::/32")]
    [InlineData("Network:TrustedProxies:0", "::1")]
    [InlineData("Network:TrustedProxies:0", "::ffff:10.0.0.0/120")]
    public void A_good_setting_is_accepted(string name, string value) => Assert.Equal("", Refusal("Development", (name, value)));

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void Outside_Development_a_mail_server_and_the_public_address_must_be_named(string environment)
    {
        var neither = Refusal(environment, ("Mail:Smtp:Host", ""));
        var both = Refusal(environment, ("Mail:Smtp:Host", "mail.agency.gov.sg"), ("Public:BaseUrl", "https://postman.agency.gov.sg"));

        Assert.Contains("Mail:Smtp:Host", neither, StringComparison.Ordinal);
        Assert.Contains("Public:BaseUrl", neither, StringComparison.Ordinal);
        Assert.Equal("", both);
    }

    [Fact]
    public void An_administrator_who_could_not_sign_in_is_refused()
    {
        var refusal = Refusal("Development", ("Accounts:AllowedEmailDomains:0", ".gov.sg"), ("Accounts:AdminEmails:0", "boss@elsewhere.example"));

        Assert.Contains("Accounts:AdminEmails has “boss@elsewhere.example”, who could not sign in: Accounts:AllowedEmailDomains allows .gov.sg.", refusal,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mail:Smtp:Hots", "smtp", "Mail:Smtp:Hots is not a setting. Did you mean Mail:Smtp:Host?")]
    [InlineData("mail:smtp:prot", "25", "Did you mean Mail:Smtp:Port?")]
    [InlineData("Jobs:SweepEvry", "00:05:00", "Did you mean Jobs:SweepEvery?")]
    [InlineData("Mail:Recipient", "x", "Mail:Recipient is not a setting. There are: Mail:From, ")]
    [InlineData("Network:TrustedProxys:0", "10.0.0.1", "Did you mean Network:TrustedProxies?")]
    [InlineData("Mial:Smtp:Host", "smtp", "Mial is not a section of the settings. Did you mean Mail?")]
    [InlineData("Acounts:AdminEmails:0", "a@agency.gov.sg", "Did you mean Accounts?")]
    [InlineData("Loging:LogLevel:Default", "Debug", "Did you mean Logging?")]
    [InlineData("Mail:Smtp:Port", "many", "Mail:Smtp:Port is “many”, but it takes a whole number from 1 to 65535.")]
    [InlineData("Messages:PerSecond", "ten", "Messages:PerSecond is “ten”, but it takes a whole number from 1 to 10000.")]
    [InlineData("Jobs:Enabled", "yes", "Jobs:Enabled is “yes”, but it takes true or false.")]
    [InlineData("Jobs:SweepEvery", "soon", "Jobs:SweepEvery is “soon”, but it takes a length of time like 00:05:00")]
    [InlineData("Mail:Smtp:Security", "Perhaps", "Mail:Smtp:Security is “Perhaps”, but it takes StartTls, Tls, None.")]
    [InlineData("Logging:LogLevel:Default", "Loud", "Use Trace, Debug, Information, Warning, Error, Critical, None.")]
    [InlineData("Logging:Console:LogLevel:Microsoft", "Loud", "Logging:Console:LogLevel:Microsoft is “Loud”")]
    public void A_setting_that_nobody_would_read_is_refused_with_what_may_be_meant(string name, string value, string expected) =>
        Assert.Contains(expected, Assert.Single(FindErrors((name, value))), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://localhost:1")]
    [InlineData("Logging:Console:FormatterName", "json")]
    [InlineData("MAIL", "/var/mail/root")]
    [InlineData("DISPLAY", ":0")]
    [InlineData("npm_config:registry", "https://example.org")]
    [InlineData("MAIL:SMTP:HOST", "smtp")]
    [InlineData("Display:TimeZoneNames:Europe/Paris", "CET")]
    public void What_is_someone_elses_is_left_alone(string name, string value) => Assert.Empty(FindErrors((name, value)));

    [Fact]
    public void Every_section_of_ours_is_checked_for_its_names()
    {
        using var app = new DashboardApplication();
        var ours = typeof(Program).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Select(type => type.GetField("Section")?.GetRawConstantValue() as string)
            .OfType<string>();

        Assert.Equal(ours.Order(), app.Services.GetServices<SettingsSection>().Select(section => section.Name).Order());
    }

    [Fact]
    public void A_password_is_not_repeated_in_the_refusal() =>
        Assert.DoesNotContain("hunter2", Refusal("Development", ("Mail:Smtp:Password", "hunter2")), StringComparison.Ordinal);

    /// <returns>Why the start is refused; empty when it isn't.</returns>
    private static string Refusal(string environment, params (string Name, string Value)[] settings)
    {
        var builder = Builder(environment, settings);
        if (builder.FindSettingErrors().ToList() is { Count: > 0 } errors)
        {
            return string.Join(" ", errors);
        }

        // Without the rest of the program: only the settings are asked for.
        using var services = builder.Services.BuildServiceProvider();
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return "";
        }
        catch (Exception refusal) when (refusal is OptionsValidationException or AggregateException or InvalidOperationException)
        {
            return refusal.Message;
        }
    }

    private static IEnumerable<string> FindErrors(params (string Name, string Value)[] settings) => Builder("Development", settings).FindSettingErrors();

    private static WebApplicationBuilder Builder(string environment, params (string Name, string Value)[] settings)
    {
        var builder = DefaultSettings.CreateBuilder([$"--environment={environment}", .. settings.Select(setting => $"--{setting.Name}={setting.Value}")]);
        builder.Services.AddShell(builder.Configuration);
        builder.Services.AddAccounts(builder.Configuration);
        builder.Services.AddMail(builder.Configuration);
        builder.Services.AddApiKeys(builder.Configuration);
        builder.Services.AddMessages(builder.Configuration);
        builder.Services.AddJobs(builder.Configuration);
        return builder;
    }
}
