using System.Net;
using System.Net.Sockets;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Shell.Hosting;

/// <summary>What an operator sees when the program starts, and when it can't.</summary>
public sealed class StartUpTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Display:TimeZone", "Nowhere")]
    [InlineData("ApiKeys:MaxPerAccount", "0")]
    [InlineData("ApiKeys:MaxPerAccount", "many")]
    [InlineData("Storage:Directory", "")]
    [InlineData("Public:BaseUrl", "postman.agency.gov.sg")]
    [InlineData("Accounts:AllowedEmailDomains:0", "not a domain")]
    [InlineData("Accounts:AdminEmails:0", "nobody")]
    [InlineData("Mail:From", "nobody")]
    [InlineData("Mail:Smtp:Port", "0")]
    [InlineData("Mail:Smtp:User", "postman")]
    [InlineData("Mail:Smtp:Security", "Perhaps")]
    [InlineData("Jobs:SweepEvery", "00:07:00")]
    [InlineData("Mail:Smtp:Hots", "localhost")]
    [InlineData("Mial:Smtp:Host", "localhost")]
    [InlineData("Logging:LogLevel:Default", "Loud")]
    public async Task A_bad_setting_is_named(string name, string value)
    {
        await using var dashboard = DashboardProcess.Launch(folder.Path, (name, value));

        await AssertRefusesAsync(dashboard, name.Replace(":0", "", StringComparison.Ordinal).Replace("Mial:Smtp:Host", "Mial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_bad_settings_are_all_named_at_once()
    {
        await using var dashboard = DashboardProcess.Launch(folder.Path, ("Display:TimeZone", "Nowhere"), ("ApiKeys:MaxPerAccount", "0"));

        await AssertRefusesAsync(dashboard, "Display:TimeZone", "ApiKeys:MaxPerAccount");
    }

    [Fact]
    public async Task Outside_Development_it_wants_a_mail_server()
    {
        await using var dashboard = DashboardProcess.Launch(
            folder.Path, ("ASPNETCORE_ENVIRONMENT", "Production"), ("Public:BaseUrl", "https://postman.example"));

        await AssertRefusesAsync(dashboard, "Mail:Smtp:Host");
    }

    [Fact]
    public async Task Outside_Development_it_wants_to_know_what_links_in_mails_begin_with()
    {
        await using var dashboard = DashboardProcess.Launch(folder.Path, ("ASPNETCORE_ENVIRONMENT", "Production"), ("Mail:Smtp:Host", "localhost"));

        await AssertRefusesAsync(dashboard, "Public:BaseUrl");
    }

    [Fact]
    public async Task An_occupied_port_is_named_with_the_setting_that_changes_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://{other.LocalEndpoint}";
        await using var dashboard = DashboardProcess.Launch(folder.Path, ("ASPNETCORE_URLS", address));

        await AssertRefusesAsync(dashboard, address, "ASPNETCORE_URLS");
    }

    [Theory]
    [InlineData("http://192.0.2.1:5080")] // an address of no machine (RFC 5737)
    [InlineData("localhost:5080")]
    public async Task An_address_where_it_cannot_listen_is_named(string address)
    {
        await using var dashboard = DashboardProcess.Launch(folder.Path, ("ASPNETCORE_URLS", address));

        await AssertRefusesAsync(dashboard, address, "ASPNETCORE_URLS");
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_storage_folder_is_named()
    {
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        await using var dashboard = DashboardProcess.Launch(file);

        await AssertRefusesAsync(dashboard, "Storage:Directory", file);
    }

    [Fact]
    public async Task A_storage_folder_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        var under = Path.Combine(file, "data");
        await using var dashboard = DashboardProcess.Launch(under);

        await AssertRefusesAsync(dashboard, "Storage:Directory", under);
    }

    [FactNeeding(Needs.Linux)] // where /proc is, in which nobody may write, not even root
    public async Task A_read_only_storage_folder_is_named()
    {
        await using var dashboard = DashboardProcess.Launch("/proc");

        await AssertRefusesAsync(dashboard, "Storage:Directory", "/proc");
    }

    [FactNeeding(Needs.Linux)] // where a process can have a small disk of its own
    public async Task A_full_disk_is_named()
    {
        await using var dashboard = DashboardProcess.LaunchOnFullDisk(folder.Path);

        await AssertRefusesAsync(dashboard, "Storage:Directory", folder.Path);
    }

    [Fact]
    public async Task A_file_that_is_not_a_database_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "postman.db"), new string('x', 8192));
        await using var dashboard = DashboardProcess.Launch(folder.Path);

        await AssertRefusesAsync(dashboard, "Storage:Directory", folder.Path);
    }

    [Fact]
    public async Task The_console_says_where_to_go_and_how_to_sign_in()
    {
        await using var dashboard = await DashboardProcess.StartAsync(folder.Path);

        await dashboard.StopAsync();

        Assert.Contains($"Open {dashboard.Address}", dashboard.Output, StringComparison.Ordinal);
        Assert.Contains($"{dashboard.Address}/dev/mail", dashboard.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_says_what_was_started_and_whether_the_mail_server_answers()
    {
        await using var server = await TestSmtpServer.StartAsync();
        await using var dashboard = await DashboardProcess.StartAsync(
            folder.Path,
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("Public:BaseUrl", "http://127.0.0.1"),
            ("Mail:Smtp:Host", "127.0.0.1"),
            ("Mail:Smtp:Port", $"{server.Port}"),
            ("Mail:Smtp:Security", "None"),
            ("Network:TrustedProxies:0", "10.0.0.1"));

        await dashboard.WaitForOutputAsync($"Mail server: 127.0.0.1:{server.Port} (None), answers");
        Assert.Equal(0, await dashboard.StopAsync());

        string[] expected = ["Postman Dashboard 0.1.0", " started at http://127.0.0.1", $"Database: {folder.Path}", "Trusted proxies: 10.0.0.1",
            "is ready. Open http://127.0.0.1 in"];
        Assert.All(expected, line => Assert.Contains(line, dashboard.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("/dev/mail", dashboard.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_server_that_is_down_is_said_and_holds_nothing_up()
    {
        var port = $"{DashboardProcess.FreePort()}";
        await using var dashboard = await DashboardProcess.StartAsync(folder.Path, ("Mail:Smtp:Host", "127.0.0.1"), ("Mail:Smtp:Port", port));

        await dashboard.WaitForOutputAsync($"Mail server: 127.0.0.1:{port} (StartTls), doesn't answer");

        Assert.DoesNotContain("/dev/mail", dashboard.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_settings_that_cannot_be_read_is_named()
    {
        const string Name = "appsettings.Production.json";
        await File.WriteAllTextAsync(Path.Combine(folder.Path, Name), "{ \"Mail\": ");
        await using var dashboard = DashboardProcess.LaunchWith(folder.Path, [$"--contentRoot={folder.Path}"], ("ASPNETCORE_ENVIRONMENT", "Production"));

        await AssertRefusesAsync(dashboard, Name);
    }

    [Fact]
    public async Task A_second_start_finds_everything_again_even_after_a_power_cut()
    {
        using var database = new TestDatabase();
        var storage = Path.GetDirectoryName(database.File)!;
        await using (var first = await DashboardProcess.StartAsync(storage))
        {
            await database.AddAccountAsync("mei@agency.gov.sg");
            await first.KillAsync();
        }

        await using var second = await DashboardProcess.StartAsync(storage);

        await using var db = database.CreateDbContext();
        Assert.Equal("mei@agency.gov.sg", Assert.Single(db.Users).Email);
    }

    [Fact]
    public async Task A_missing_storage_folder_is_made()
    {
        var missing = Path.Combine(folder.Path, "not", "yet");

        await using var dashboard = await DashboardProcess.StartAsync(missing);

        Assert.True(File.Exists(Path.Combine(missing, "postman.db")));
    }

    [Fact]
    public async Task An_orderly_stop_ends_with_success()
    {
        await using var dashboard = await DashboardProcess.StartAsync(folder.Path);

        Assert.Equal(0, await dashboard.StopAsync());
        Assert.DoesNotContain("warn", dashboard.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("fail", dashboard.Output, StringComparison.OrdinalIgnoreCase);
    }

    [FactNeeding(Needs.Linux)]
    public async Task A_stop_during_the_start_is_not_a_failure()
    {
        await using var dashboard = DashboardProcess.Launch(folder.Path);
        // Made before the database is: the start is under way, and not over.
        await dashboard.WaitForFileAsync(Path.Combine(folder.Path, "postman.lock"));

        await dashboard.StopAsync();

        Assert.DoesNotContain("   at ", dashboard.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", dashboard.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_program_on_one_folder_is_refused_until_the_first_has_ended_however_it_ends()
    {
        await using var first = await DashboardProcess.StartAsync(folder.Path);
        await using var second = DashboardProcess.Launch(folder.Path);
        await AssertRefusesAsync(second, "Another Postman Dashboard", "Storage:Directory", folder.Path);

        await first.KillAsync();

        await using var third = await DashboardProcess.StartAsync(folder.Path);
        Assert.Equal(0, await third.StopAsync());
    }

    private static async Task AssertRefusesAsync(DashboardProcess dashboard, params string[] names)
    {
        Assert.Equal(1, await dashboard.WaitForExitAsync());
        var line = Assert.Single(dashboard.Output.Trim().Split('\n'));
        Assert.StartsWith("Postman Dashboard can't start. ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("DataAnnotation", line, StringComparison.Ordinal);
        Assert.All(names, name => Assert.Contains(name, line, StringComparison.Ordinal));
    }
}
