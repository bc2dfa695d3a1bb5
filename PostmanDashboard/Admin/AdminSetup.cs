using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PostmanDashboard.Admin.Accounts;
using PostmanDashboard.Admin.Health;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.Data;
using PostmanDashboard.Shell.Pages;

namespace PostmanDashboard.Admin;

public static class AdminSetup
{
    private const string Ready = "ready";

    public static void AddAdmin(this IServiceCollection services)
    {
        services.AddSingleton<MailReport>();
        services.AddSingleton<RetryPlans>();
        services.AddSingleton<WaitingMails>();
        services.AddSingleton<AccountReport>();
        services.AddHostedService<StartReport>();
        services.AddSingleton<HealthLog>();
        services.AddHealthChecks()
            .AddDbContextCheck<DashboardDbContext>("database", tags: [Ready])
            .AddCheck<StorageHealthCheck>("storage", tags: [Ready])
            .AddCheck<MigrationsHealthCheck>("migrations", tags: [Ready])
            .AddCheck<ClockHealthCheck>("clock", tags: [Ready])
            .AddCheck<SweepHealthCheck>("reminders", tags: [Ready])
            .AddCheck<OutboxHealthCheck>("mail", tags: [Ready]);
    }

    /// <summary>For machines: <c>/health/live</c> says that the process answers, <c>/health/ready</c> that it does its work.</summary>
    public static void MapAdmin(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks($"{PageRoutes.Health}/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        var ready = new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync };
        endpoints.MapHealthChecks($"{PageRoutes.Health}/ready", ready).AllowAnonymous();
    }

    /// <summary>Which check says what, without the exceptions behind it: anyone may ask.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.RequestServices.GetRequiredService<HealthLog>().Write(report);
        return context.Response.WriteAsJsonAsync(new
        {
            Status = report.Status.ToString(),
            Checks = report.Entries.ToDictionary(
                entry => entry.Key,
                // What a check that threw says is its exception's message, which may name hosts and users.
                entry => new { Status = entry.Value.Status.ToString(), Description = entry.Value.Exception is null ? entry.Value.Description : null }),
        });
    }
}
