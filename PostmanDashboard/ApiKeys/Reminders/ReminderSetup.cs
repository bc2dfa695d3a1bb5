using PostmanDashboard.ApiKeys.Reminders.Mails;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.ApiKeys.Reminders;

public static class ReminderSetup
{
    public static void AddReminders(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReminderPlan>();
        builder.Services.AddSingleton<ReminderEmail>();
        builder.Services.AddSingleton<IMailComposer, ReminderMail>();
        builder.Services.AddSingleton<ReminderSweep>();
        builder.Services.AddSingleton<EarlyReminders>();
        builder.Services.AddSingleton<UnreachableContacts>();
        builder.Services.AddSingleton<IMailFollowUp>(services => services.GetRequiredService<UnreachableContacts>());
        builder.Services.AddSingleton<KeyTimelines>();
        builder.Services.AddSingleton<ContactTestMail>();
    }
}
