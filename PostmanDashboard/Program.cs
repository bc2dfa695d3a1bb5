using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Shell;

var builder = DefaultSettings.CreateBuilder(args);

builder.Services.AddSingleton(TimeProvider.System);
builder.AddShell();
builder.AddDatabase();
builder.AddAccounts();
builder.AddMail();
builder.AddApiKeys();

var app = builder.Build();

app.UseShell();
app.UseAccounts();

app.MapShell();
app.MapAccounts();
app.MapMail();
app.MapApiKeys();

return await app.RunOrExplainAsync();
