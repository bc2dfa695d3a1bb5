using PostmanDashboard.Data;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Messages.Bodies;
using PostmanDashboard.Messages.Delivery;
using PostmanDashboard.Messages.Export;
using PostmanDashboard.Messages.HeldBack;
using PostmanDashboard.Messages.Listing;
using PostmanDashboard.Messages.Listing.Api;
using PostmanDashboard.Messages.MemoryLimits;
using PostmanDashboard.Messages.RateLimits;
using PostmanDashboard.Messages.Sending;
using PostmanDashboard.Messages.Sending.Requests;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Messages;

public static class MessageSetup
{
    public static void AddMessages(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<MessageOptions>(configuration, MessageOptions.Section);
        services.AddRouting(routes => routes.SetParameterPolicy<NotSending>(NotSending.Name));
        services.AddSingleton<SendLimiter>();
        services.AddSingleton<ReadingBudget>();
        services.AddSingleton<LargeBodyLimiter>();
        services.AddSingleton<ResponseLimiter>();
        services.AddSingleton<BodyCleaner>();
        services.AddSingleton<UpgradeRows>(StoredBodies.ReadAsync);
        services.AddSingleton<MessageRules>();
        services.AddSingleton<MessageSending>();
        services.AddSingleton<MessageCleanUp>();
        services.AddSingleton<MessageResponses>();
        services.AddSingleton<SendHandler>();
        services.AddSingleton<MessageLists>();
        services.AddSingleton<IMailComposer, MessageMail>();
        services.AddSingleton<IMailFollowUp, MessageProgress>();
        services.AddSingleton<IMailFollowUp, BounceFollowUp>();
        services.AddSingleton<HeldRecipients>();
        services.AddSingleton<HeldAddressLists>();
    }

    /// <summary>Call this after the caller is known, and before anything reads what was sent.</summary>
    public static void UseMessages(this WebApplication app)
    {
        app.UseMiddleware<SendLimitMiddleware>();
        app.UseMiddleware<ReadingBudgetMiddleware>();
        app.UseMiddleware<ResponseLimiterMiddleware>();
    }

    public static void MapMessages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSendEndpoint();
        endpoints.MapReadMessageEndpoints();
        endpoints.MapMessageExport();
    }
}
