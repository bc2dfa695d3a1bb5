using PostmanDashboard.Accounts;
using PostmanDashboard.Admin;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Calendar;
using PostmanDashboard.Data;
using PostmanDashboard.Frame;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Overview;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Settings;

var commandLine = CommandLine.Parse(args);
if (commandLine.Answer() is { } answered)
{
    return answered;
}

if (!commandLine.TryCreateBuilder(out var builder))
{
    return StartUp.Failed;
}

var (services, configuration) = (builder.Services, builder.Configuration);
services.AddSingleton(TimeProvider.System);
services.AddShell(configuration);
services.AddDatabase(configuration, builder.Environment);
services.AddAccounts(configuration);
services.AddMail(configuration);
services.AddApiKeys(configuration);
services.AddMessages(configuration);
services.AddReminders();
services.AddCalendar();
services.AddOverview();
services.AddJobs(configuration);
services.AddAdmin();

if (!builder.TryBuild(out var app))
{
    return StartUp.Failed;
}

app.UseShell();
app.UseAccounts();
app.UseMessages();
app.UseForms();
app.UseJobs();

app.MapShell<App>();
app.MapAccounts();
app.MapMail();
app.MapApiKeys();
app.MapMessages();
app.MapCalendar();
app.MapJobs();
app.MapAdmin();

return commandLine.Word switch
{
    CommandLine.Backup => await app.BackUpAsync(commandLine.Operand),
    CommandLine.SignInLink => await app.PrintSignInLinkAsync(commandLine.Operand),
    _ => await app.RunOrExplainAsync(app.MigrateDatabaseAsync),
};
