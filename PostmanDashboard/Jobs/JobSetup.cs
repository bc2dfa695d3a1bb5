using Hangfire;
using Hangfire.AspNetCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PostmanDashboard.Jobs.ClockChanges;
using PostmanDashboard.Jobs.History;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Shell.Security;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Jobs;

public static class JobSetup
{
    /// <summary>How long a stopping process waits for what is running. Nothing is lost after that: leases run out, sweeps catch up.</summary>
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(20);

    private const string Dashboard = "/hangfire";

    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.AddSettings<JobOptions>(JobOptions.Section);
        builder.Services.AddSingleton<JobRuns>();
        builder.Services.AddSingleton<JobHeartbeat>();
        builder.Services.AddSingleton<DashboardJobs>();
        builder.Services.AddSingleton<RecurringJobs>();
        builder.Services.AddSingleton<ClockWatch>();
        builder.Services.AddSingleton<ClockCorrection>();
        builder.Services.AddHangfire(hangfire => hangfire
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseDashboardStylesheet(typeof(JobSetup).Assembly, $"{typeof(JobSetup).Namespace}.hangfire.css"));
        builder.AddJobHistory();
        // Read by hand because it decides what is registered; the section is validated at the start all the same.
        if (!bool.TryParse(builder.Configuration.GetSection(JobOptions.Section)[nameof(JobOptions.Enabled)], out var enabled) || enabled)
        {
            // In this order: what a wrong clock wrote is put right before anyone works by it, and what is triggered at the start
            // waits already when Hangfire looks for work.
            builder.Services.AddHostedService<ClockGuard>();
            builder.Services.AddHostedService(services => services.GetRequiredService<RecurringJobs>());
            builder.Services.AddHangfireServer(server =>
            {
                server.ServerName = "Postman";
                server.Queues = RecurringJobs.Queues;
                server.WorkerCount = 4;
                server.StopTimeout = ShutdownPatience;
                server.ShutdownTimeout = ShutdownPatience;
            });
            builder.Services.AddHostedService<JobWatch>();
            builder.Services.AddHostedService<MailDispatchLoop>();
        }
    }

    /// <remarks>Registered here rather than with Hangfire, which would open it now, and which keeps one for all programs of a process.</remarks>
    private static void AddJobHistory(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HistoryFile>();
        builder.Services.AddSingleton<OpenJobStorage>(services => () => services.GetRequiredService<HistoryFile>().Open());
        builder.Services.AddSingleton<JobHistory>();
        builder.Services.Replace(ServiceDescriptor.Singleton<JobStorage>(services =>
        {
            // Whoever wants the storage wants Hangfire configured.
            services.GetRequiredService<IGlobalConfiguration>();
            return services.GetRequiredService<JobHistory>();
        }));
        builder.Services.Replace(ServiceDescriptor.Singleton<JobActivator, AspNetCoreJobActivator>());
        builder.Services.AddHostedService<HistoryStart>();
    }

    public static void MapJobs(this WebApplication app)
    {
        app.UseDashboardLanguage(Dashboard);
        app.UseDashboardForms(Dashboard);
        app.MapHangfireDashboardWithAuthorizationPolicy(Policies.Administrators, Dashboard, new DashboardOptions
        {
            DashboardTitle = "Background jobs – Postman",
            AppPath = "/admin/mail",
            DisplayStorageConnectionString = false,
            // Hangfire's own filter lets in whoever calls from this host, which behind a proxy is everyone. The policy decides alone.
            Authorization = [],
        });
    }
}
