using Hangfire;
using Hangfire.AspNetCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PostmanDashboard.Jobs.ClockChanges;
using PostmanDashboard.Jobs.History;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Security;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Jobs;

public static class JobSetup
{
    /// <summary>How long a stopping process waits for what is running. Nothing is lost after that: leases run out, sweeps catch up.</summary>
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(20);

    public static void AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<JobOptions>(configuration, JobOptions.Section);
        services.AddSingleton<JobRuns>();
        services.AddSingleton<JobHeartbeat>();
        services.AddSingleton<DashboardJobs>();
        services.AddSingleton<RecurringJobs>();
        services.AddSingleton<ClockWatch>();
        services.AddSingleton<ClockCorrection>();
        services.AddHangfire(hangfire => hangfire
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseDashboardStylesheet(typeof(JobSetup).Assembly, $"{typeof(JobSetup).Namespace}.hangfire.css"));
        services.AddJobHistory();
        // Read by hand because it decides what is registered; the section is validated at the start all the same.
        if (!bool.TryParse(configuration.GetSection(JobOptions.Section)[nameof(JobOptions.Enabled)], out var enabled) || enabled)
        {
            // In this order: what a wrong clock wrote is put right before anyone works by it, and what is triggered at the start
            // waits already when Hangfire looks for work.
            services.AddHostedService<ClockGuard>();
            services.AddHostedService(provider => provider.GetRequiredService<RecurringJobs>());
            services.AddHangfireServer(server =>
            {
                server.ServerName = "Postman";
                server.Queues = RecurringJobs.Queues;
                server.WorkerCount = 4;
                server.StopTimeout = ShutdownPatience;
                server.ShutdownTimeout = ShutdownPatience;
            });
            services.AddHostedService<JobWatch>();
            services.AddHostedService<MailDispatchLoop>();
        }
    }

    /// <remarks>Registered here rather than with Hangfire, which would open it now, and which keeps one for all programs of a process.</remarks>
    private static void AddJobHistory(this IServiceCollection services)
    {
        services.AddSingleton<HistoryFile>();
        services.AddSingleton<OpenJobStorage>(provider => () => provider.GetRequiredService<HistoryFile>().Open());
        services.AddSingleton<JobHistory>();
        services.Replace(ServiceDescriptor.Singleton<JobStorage>(provider =>
        {
            // Whoever wants the storage wants Hangfire configured.
            provider.GetRequiredService<IGlobalConfiguration>();
            return provider.GetRequiredService<JobHistory>();
        }));
        services.Replace(ServiceDescriptor.Singleton<JobActivator, AspNetCoreJobActivator>());
        services.AddHostedService<HistoryStart>();
    }

    /// <summary>What Hangfire's own pages need before they are asked.</summary>
    public static void UseJobs(this WebApplication app)
    {
        app.UseDashboardLanguage(PageRoutes.BackgroundJobs);
        app.UseDashboardForms(PageRoutes.BackgroundJobs);
    }

    public static void MapJobs(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHangfireDashboardWithAuthorizationPolicy(Policies.Administrators, PageRoutes.BackgroundJobs, new DashboardOptions
        {
            DashboardTitle = "Background jobs – Postman",
            AppPath = PageRoutes.Mail,
            DisplayStorageConnectionString = false,
            // Hangfire's own filter lets in whoever calls from this host, which behind a proxy is everyone. The policy decides alone.
            Authorization = [],
        });
    }
}
