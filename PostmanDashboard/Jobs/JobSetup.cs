using Hangfire;
using Hangfire.InMemory;
using PostmanDashboard.Accounts;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.Jobs;

public static class JobSetup
{
    /// <summary>How long a stopping process waits for what is running. Nothing is lost after that: leases run out, sweeps catch up.</summary>
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(20);

    private const string Dashboard = "/hangfire";

    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<JobOptions>().BindConfiguration(JobOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<JobRuns>();
        builder.Services.AddSingleton<DashboardJobs>();
        builder.Services.AddHangfire(hangfire => hangfire
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseDashboardStylesheet(typeof(JobSetup).Assembly, $"{typeof(JobSetup).Namespace}.hangfire.css")
            .UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromDays(1) }));
        // Read by hand because it decides what is registered; the section is validated at the start all the same.
        if (!bool.TryParse(builder.Configuration.GetSection(JobOptions.Section)[nameof(JobOptions.Enabled)], out var enabled) || enabled)
        {
            builder.Services.AddHangfireServer(server =>
            {
                server.ServerName = "Postman";
                server.Queues = RecurringJobs.Queues;
                server.WorkerCount = 4;
                server.StopTimeout = ShutdownPatience;
                server.ShutdownTimeout = ShutdownPatience;
            });
            builder.Services.AddHostedService<RecurringJobs>();
            builder.Services.AddHostedService<MailDispatchLoop>();
        }
    }

    public static void MapJobs(this WebApplication app)
    {
        app.UseDashboardLanguage(Dashboard);
        app.MapHangfireDashboardWithAuthorizationPolicy(Policies.Administrators, Dashboard, new DashboardOptions
        {
            DashboardTitle = "Background jobs – Postman",
            AppPath = "/admin/mail",
            DisplayStorageConnectionString = false,
            // Hangfire's own filter lets in whoever calls from this host, which behind a proxy is everybody. The policy decides alone.
            Authorization = [],
        });
    }
}
