using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.Accounts.Sessions;
using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Accounts.SignIn.Links;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Bearer.Cache;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Calendar;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Failures;
using PostmanDashboard.Messages;
using PostmanDashboard.Messages.HeldBack;
using PostmanDashboard.Messages.Sending.Receipts;

namespace PostmanDashboard.Data;

/// <summary>Everything that the dashboard remembers.</summary>
/// <remarks>
/// Take one context an operation, from <see cref="IDbContextFactory{TContext}"/>. After a change of the model:
/// <c>dotnet ef migrations add NameOfTheChange --project PostmanDashboard --output-dir Data/Migrations</c>.
/// </remarks>
public sealed class DashboardDbContext : IdentityDbContext<Account, IdentityRole<Guid>, Guid>, IDataProtectionKeyContext
{
    /// <remarks>Saves in a transaction always, of one row as well: <see cref="SessionGuard"/> asks at its beginning.</remarks>
    public DashboardDbContext(DbContextOptions<DashboardDbContext> options)
        : base(options) => Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<KeyChange> KeyChanges => Set<KeyChange>();

    public DbSet<KeyEvent> KeyEvents => Set<KeyEvent>();

    public DbSet<KeyCallDay> KeyCallDays => Set<KeyCallDay>();

    public DbSet<KeyCaller> KeyCallers => Set<KeyCaller>();

    public DbSet<KeyRotation> KeyRotations => Set<KeyRotation>();

    public DbSet<GoneCaller> GoneCallers => Set<GoneCaller>();

    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<HeldAddress> HeldAddresses => Set<HeldAddress>();

    public DbSet<SendReceipt> SendReceipts => Set<SendReceipt>();

    public DbSet<Reminder> Reminders => Set<Reminder>();

    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();

    public DbSet<RecordedFailure> MailFailures => Set<RecordedFailure>();

    public DbSet<JobRun> JobRuns => Set<JobRun>();

    public DbSet<SignInCode> SignInCodes => Set<SignInCode>();

    public DbSet<SignInLink> SignInLinks => Set<SignInLink>();

    public DbSet<EndedSession> EndedSessions => Set<EndedSession>();

    /// <summary>The keys that protect cookies, kept here so that a restart signs nobody out.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(DashboardDbContext).Assembly);
    }
}
