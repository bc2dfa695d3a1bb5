using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MudBlazor;
using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.Accounts;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.History;
using PostmanDashboard.ApiKeys.Reissue;
using PostmanDashboard.ApiKeys.Reminders.Mails;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.ApiKeys.Usage.Panel;
using PostmanDashboard.Calendar;
using PostmanDashboard.Data;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Messages;
using PostmanDashboard.Messages.Listing;
using PostmanDashboard.Overview;
using PostmanDashboard.Shell.Security;
using PostmanDashboard.Shell.Settings;
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
        Services.AddSingleton(Keys.CreateService(Held)).AddSingleton<TimeProvider>(Keys.Clock).AddSingleton(Keys.Time);
        Services.AddSingleton(Keys.CreateRotations(Held)).AddSingleton(Keys.CreateRotationReport(Keys.Database)).AddSingleton(new GoneCallers(Keys.Database));
        Services.AddSingleton(Keys.CreateDeletionRisks(Keys.Database));
        Services.AddSingleton(new UnreachableContacts(Keys.Database, Keys.Outbox, Keys.Time, Keys.Address));
        Services.AddSingleton(new KeyTimelines(Keys.Database, new MailRetry([], Keys.Outbox, Keys.Clock), Keys.Clock));
        Calls = new FailingDatabase(Keys.Database);
        Services.AddSingleton(new KeyUsageReport(Calls, Keys.Zone, Keys.Clock));
        Services.AddSingleton(new ContactTestMail(Keys.Database, Keys.Outbox, Keys.Time, Keys.Address, Keys.Clock));
        Services.AddSingleton(new MessageLists(Held)).AddSingleton(Keys.Zone);
        Services.AddSingleton(new AccountReport(Held, Keys.Clock)).AddSingleton(Options.Create(new MessageOptions { PerSecond = 10 }));
        Mails = new FailingDatabase(Keys.Database);
        Services.AddSingleton(new MailReport(Mails, new JobRuns(Mails, Keys.Clock), new MailRetry([], Keys.Outbox, Keys.Clock), Keys.Zone, Keys.Clock));
        MailServer = new MailServer(
            Keys.Outbox, Options.Create(new MailOptions { From = "donotreply@postman.example" }), Keys.Clock, NullLogger<MailServer>.Instance);
        Services.AddSingleton(new RetryPlans(Mails, Keys.Clock)).AddSingleton(new WaitingMails(Mails, MailServer, Keys.Outbox, Keys.Clock));
        Services.AddSingleton(new KeyHistory(Held, Keys.Clock));
        Services.AddSingleton(new TokenReissue(Keys.Database, Keys.Notices, Keys.Outbox, Keys.Clock, NullLogger<TokenReissue>.Instance));
        Services.AddSingleton(new CalendarFeeds(Held, Keys.Clock));
        Services.AddSingleton(new AccountOverview(
            Held,
            new KeyUsageReport(Keys.Database, Keys.Zone, Keys.Clock),
            Keys.CreateRotationReport(Keys.Database),
            new UnreachableContacts(Keys.Database, Keys.Outbox, Keys.Time, Keys.Address),
            Keys.Time,
            Keys.Zone,
            Keys.Clock));
        Services.AddSingleton(Keys.Address).AddSingleton(new KeyTestMail(Api, Keys.Address, new SelfCallMarker()));
        Services.AddSingleton(new UnlistedProxies(Options.Create(new NetworkOptions()), NullLogger<UnlistedProxies>.Instance));
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

    protected MailServer MailServer { get; }

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
