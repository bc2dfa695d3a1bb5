using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MudBlazor;
using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.Accounts;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Dialogs;
using PostmanDashboard.ApiKeys.History;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.ApiKeys.Usage.Panel;
using PostmanDashboard.Calendar;
using PostmanDashboard.Data;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Messages;
using PostmanDashboard.Messages.HeldBack;
using PostmanDashboard.Messages.Listing;
using PostmanDashboard.Overview;
using PostmanDashboard.Shell.Live;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Testing.Components;

/// <summary>Components of the pages of staff and of administrators, on the real services and database, with one account.</summary>
public abstract class PanelTestContext : MudTestContext
{
    private readonly Lazy<IRenderedComponent<MudDialogProvider>> dialogs;

    protected PanelTestContext()
    {
        Held = new HeldDatabase(Keys.Database);
        Calls = new FailingDatabase(Keys.Database);
        Mails = new FailingDatabase(Keys.Database);
        Services.AddFallbackServiceProvider(Keys.Features);
        // What bUnit and MudBlazor have of their own.
        Services.AddSingleton<TimeProvider>(Keys.Clock).AddSingleton(Keys.Get<IOptions<MessageOptions>>());
        Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        Services.AddScoped<ProtectedSessionStorage>().AddScoped<Drafts>();
        // What a test may hold up or break while the rest goes on.
        Services.AddSingleton(Keys.Create<ApiKeyService>(Held)).AddSingleton(Keys.Create<KeyRotations>(Held)).AddSingleton(Keys.Create<KeyHistory>(Held));
        Services.AddSingleton(Keys.Create<MessageLists>(Held)).AddSingleton(Keys.Create<AccountReport>(Held));
        Services.AddSingleton(Keys.Create<CalendarFeeds>(Held)).AddSingleton(Keys.Create<AccountOverview>(Held));
        Services.AddSingleton(Keys.Create<KeyUsageReport>(Calls));
        Services.AddSingleton(Keys.Create<MailReport>(Mails, Keys.Create<JobRuns>(Mails)));
        Services.AddSingleton(Keys.Create<HeldAddressLists>(Mails));
        Services.AddSingleton(Keys.Create<RetryPlans>(Mails)).AddSingleton(Keys.Create<WaitingMails>(Mails));
        Services.AddSingleton(Keys.Create<KeyTestMail>(Api));
        Services.AddScoped<KeyDialogs>();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Account = Keys.AddAccountAsync().GetAwaiter().GetResult();
        dialogs = new(() =>
        {
            Render<MudPopoverProvider>();
            return Render<MudDialogProvider>();
        });
    }

    protected TestKeys Keys { get; } = new();

    /// <summary>What the components' service asks.</summary>
    protected HeldDatabase Held { get; }

    /// <summary>What is asked for the use of keys.</summary>
    protected FailingDatabase Calls { get; }

    /// <summary>What administrators' questions about mails ask.</summary>
    protected FailingDatabase Mails { get; }

    protected MailServer MailServer => Keys.Get<MailServer>();

    /// <summary>What answers when a component calls our API.</summary>
    protected CannedAnswers Api { get; } = new();

    protected IDbContextFactory<DashboardDbContext> Databases => Keys.Database;

    protected Account Account { get; }

    /// <summary>Where dialogs are shown.</summary>
    protected IRenderedComponent<MudDialogProvider> Dialogs => dialogs.Value;

    protected async Task<ApiKeySummary> AddKeyAsync(string label = "Grant system", params string[] contacts)
    {
        var issued = await Keys.IssueAsync(Account, label, ApiKeyLifetime.SixMonths, contacts);
        return (await Keys.FindAsync(Account, issued.Id))!;
    }

    /// <returns>The dialog, once it is on the page.</returns>
    protected async Task<IDialogReference> ShowAsync<TDialog>(DialogParameters<TDialog> parameters)
        where TDialog : IComponent
    {
        var shown = await Dialogs.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<TDialog>(null, parameters));
        Dialogs.WaitForElement(".mud-dialog");
        return shown;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Api.Dispose();
            Keys.Dispose();
        }
    }
}
