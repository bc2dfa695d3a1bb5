using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Messages.Bodies;
using PostmanDashboard.Messages.Delivery;
using PostmanDashboard.Messages.Export;
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
    public static void AddMessages(this WebApplicationBuilder builder)
    {
        builder.AddSettings<MessageOptions>(MessageOptions.Section);
        builder.Services.AddRouting(routes => routes.SetParameterPolicy<NotSending>(NotSending.Name));
        builder.Services.AddSingleton<SendLimiter>();
        builder.Services.AddSingleton<ReadingBudget>();
        builder.Services.AddSingleton<LargeBodyLimiter>();
        builder.Services.AddSingleton<ResponseLimiter>();
        builder.Services.AddSingleton<BodyCleaner>();
        builder.Services.AddSingleton<MessageRules>();
        builder.Services.AddSingleton<MessageSending>();
        builder.Services.AddSingleton<MessageCleanUp>();
        builder.Services.AddSingleton<MessageResponses>();
        builder.Services.AddSingleton<SendHandler>();
        builder.Services.AddSingleton<MessageLists>();
        builder.Services.AddSingleton<IMailComposer, MessageMail>();
        builder.Services.AddSingleton<IMailFollowUp, MessageProgress>();
    }

    /// <summary>Call this after the caller is known, and before anything reads what was sent.</summary>
    public static void UseMessages(this WebApplication app)
    {
        app.UseMiddleware<SendLimitMiddleware>();
        app.UseMiddleware<ReadingBudgetMiddleware>();
        app.UseMiddleware<ResponseLimiterMiddleware>();
    }

    public static void MapMessages(this WebApplication app)
    {
        app.MapSendEndpoint();
        app.MapReadMessageEndpoints();
        app.MapMessageExport();
    }
}
