using PostmanDashboard.Accounts;
using PostmanDashboard.Admin;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Calendar;
using PostmanDashboard.Data;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Overview;
using PostmanDashboard.Reminders;
using PostmanDashboard.Shell;

var builder = DefaultSettings.CreateBuilder(args);

builder.Services.AddSingleton(TimeProvider.System);
builder.AddShell();
builder.AddDatabase();
builder.AddAccounts();
builder.AddMail();
builder.AddApiKeys();
builder.AddMessages();
builder.AddReminders();
builder.AddCalendar();
builder.AddOverview();
builder.AddJobs();
builder.AddAdmin();

var app = builder.Build();

app.UseShell();
app.UseAccounts();
app.UseMessages();

app.MapShell();
app.MapAccounts();
app.MapMail();
app.MapApiKeys();
app.MapMessages();
app.MapCalendar();
app.MapJobs();
app.MapAdmin();

return await app.RunOrExplainAsync();
