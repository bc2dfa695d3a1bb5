using PostmanDashboard.ApiKeys.Reminders.Mails;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.ApiKeys.Reminders;

public static class ReminderSetup
{
    public static void AddReminders(this IServiceCollection services)
    {
        services.AddSingleton<ReminderPlan>();
        services.AddSingleton<ReminderEmail>();
        services.AddSingleton<IMailComposer, ReminderMail>();
        services.AddSingleton<ReminderSweep>();
        services.AddSingleton<EarlyReminders>();
        services.AddSingleton<UnreachableContacts>();
        services.AddSingleton<IMailFollowUp>(provider => provider.GetRequiredService<UnreachableContacts>());
        services.AddSingleton<KeyTimelines>();
        services.AddSingleton<ContactTestMail>();
    }
}
