using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using PostmanDashboard.Accounts;
using PostmanDashboard.Admin;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Calendar;
using PostmanDashboard.Data;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Overview;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Tests.Testing.Smtp;

namespace PostmanDashboard.Tests.Testing.Application;

/// <summary>The features as <c>Program.cs</c> composes them, without a host: nothing listens, and no job runs by itself.</summary>
internal static class ComposedFeatures
{
    /// <param name="settings">Those that the test needs; there is no file of defaults.</param>
    /// <param name="changes">What the test puts in the place of a feature's own.</param>
    public static ServiceProvider Compose(TimeProvider clock, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection> changes)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var environment = new HostingEnvironment { EnvironmentName = Environments.Development, ContentRootPath = AppContext.BaseDirectory };
        var services = new ServiceCollection().AddLogging()
            .AddSingleton<IConfiguration>(configuration).AddSingleton<IHostEnvironment>(environment).AddSingleton<IServer, NoServer>()
            .AddSingleton(clock);
        services.AddShell(configuration);
        services.AddDatabase(configuration, environment);
        services.AddAccounts(configuration);
        services.AddMail(configuration);
        services.AddApiKeys(configuration);
        services.AddMessages(configuration);
        services.AddReminders();
        services.AddCalendar();
        services.AddOverview();
        services.AddJobs(configuration);
        services.AddAdmin();
        changes(services);
        return services.BuildServiceProvider();
    }
}
