using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Messages.Endpoints;
using PostmanDashboard.Messages.Export;
using PostmanDashboard.Messages.Lists;

namespace PostmanDashboard.Messages;

public static class MessageSetup
{
    public static void AddMessages(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BodyCleaner>();
        builder.Services.AddSingleton<MessageRules>();
        builder.Services.AddSingleton<MessageSending>();
        builder.Services.AddSingleton<MessageCleanUp>();
        builder.Services.AddSingleton<MessageAnswers>();
        builder.Services.AddSingleton<MessageLists>();
        builder.Services.AddSingleton<IMailComposer, MessageMail>();
        builder.Services.AddSingleton<IMailFollowUp, MessageProgress>();
    }

    public static void MapMessages(this WebApplication app)
    {
        app.MapSendEndpoint();
        app.MapReadMessageEndpoints();
        app.MapMessageExport();
    }
}
