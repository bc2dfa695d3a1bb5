using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Data.CookieKeys;

/// <summary>How the keys that protect cookies stand in the database, and what a copy of it is worth.</summary>
public sealed class CookieKeyTests : IDisposable
{
    private const string Certificate = "DataProtection:Certificate";
    private const string Warning = "The keys that protect cookies are stored unencrypted in the database";
    private const string InClear = "an unencrypted form";

    private readonly PfxFile pfx = new();
    private readonly RecordingLogs logs = new();
    private DashboardApplication app = new();

    [Fact]
    public async Task With_a_certificate_no_key_stands_in_clear_in_any_file()
    {
        Use(app, pfx);

        await SignInAsync();

        Assert.Contains("<EncryptedData", await ReadKeysAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(InClear, ReadFiles(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_stood_in_clear_are_encrypted_when_a_certificate_is_set_and_nobody_is_signed_out()
    {
        using var visitor = await SignInAsync();
        Assert.Contains(InClear, ReadFiles(), StringComparison.Ordinal);
        app = app.Restart();
        Use(app, pfx);

        using var returning = new Visitor(app) { Cookies = visitor.Cookies };

        Assert.True(await returning.IsSignedInAsync());
        Assert.DoesNotContain(InClear, await ReadKeysAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_previous_certificate_still_opens_what_it_protected()
    {
        using var newer = new PfxFile();
        Use(app, pfx);
        using var visitor = await SignInAsync();
        app = app.Restart();
        Use(app, newer);
        app.Settings["DataProtection:Previous:0:Certificate"] = pfx.Path;
        app.Settings["DataProtection:Previous:0:Password"] = PfxFile.Password;

        using var returning = new Visitor(app) { Cookies = visitor.Cookies };

        Assert.True(await returning.IsSignedInAsync());
    }

    [Fact]
    public async Task Without_the_certificate_a_copy_of_the_database_signs_nobody_in()
    {
        Use(app, pfx);
        using var visitor = await SignInAsync();
        app = app.Restart();
        app.Settings.Remove(Certificate);
        app.Settings.Remove("DataProtection:Password");

        using var thief = new Visitor(app) { Cookies = visitor.Cookies };

        Assert.False(await thief.IsSignedInAsync());
    }

    [Theory]
    [InlineData("Production", 1)]
    [InlineData("Development", 0)]
    public void Without_a_certificate_the_log_says_so_once_outside_Development(string environment, int times)
    {
        using var other = new DashboardApplication { Environment = environment, Logs = logs };
        other.Settings["Public:BaseUrl"] = "http://localhost";
        other.Settings["Mail:Smtp:Host"] = "mail.agency.gov.sg";

        other.CreateClient().Dispose();

        Assert.Equal(times, logs.Text.Split('\n').Count(line => line.Contains(Warning, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/nowhere/cookies.pfx", PfxFile.Password, "there is no such file")]
    [InlineData("0123456789abcdef0123456789abcdef01234567", null, "no certificate in this user's or this machine's store has it")]
    [InlineData(null, "secret", "DataProtection:Certificate isn't")]
    [InlineData("PFX", "wrong", "can't be opened")]
    public void A_certificate_that_can_t_be_used_stops_the_start(string? certificate, string? password, string why)
    {
        app.Settings[Certificate] = certificate == "PFX" ? pfx.Path : certificate ?? "";
        if (password is not null)
        {
            app.Settings["DataProtection:Password"] = password;
        }

        var failure = Assert.Throws<OptionsValidationException>(() => app.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("DataProtection:", failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", failure.Message.Replace("wrong password", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        app.Dispose();
        logs.Dispose();
        pfx.Dispose();
    }

    private static void Use(DashboardApplication app, PfxFile pfx)
    {
        app.Settings[Certificate] = pfx.Path;
        app.Settings["DataProtection:Password"] = PfxFile.Password;
    }

    private async Task<Visitor> SignInAsync()
    {
        var visitor = new Visitor(app);
        await visitor.SignInAsync("mei@agency.gov.sg");
        Assert.True(await visitor.IsSignedInAsync());
        return visitor;
    }

    private async Task<string> ReadKeysAsync()
    {
        await using var db = app.CreateDbContext();
        return string.Concat(await db.DataProtectionKeys.Select(key => key.Xml).ToListAsync());
    }

    private string ReadFiles() => string.Concat(Directory.GetFiles(app.Folder, "postman.db*").Select(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }));
}
