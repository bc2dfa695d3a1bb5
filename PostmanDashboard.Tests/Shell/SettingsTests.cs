using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Shell;

namespace PostmanDashboard.Tests.Shell;

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
    public void A_password_is_not_repeated_in_the_refusal() =>
        Assert.DoesNotContain("hunter2", Refusal("Development", ("Mail:Smtp:Password", "hunter2")), StringComparison.Ordinal);

    /// <returns>Why the start is refused; empty when it isn't.</returns>
    private static string Refusal(string environment, params (string Name, string Value)[] settings)
    {
        var builder = DefaultSettings.CreateBuilder([$"--environment={environment}", .. settings.Select(setting => $"--{setting.Name}={setting.Value}")]);
        builder.AddShell();
        builder.AddAccounts();
        builder.AddMail();
        builder.AddApiKeys();
        builder.AddMessages();
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
}
