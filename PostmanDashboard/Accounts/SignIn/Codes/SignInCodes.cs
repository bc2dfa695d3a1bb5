using System.Data;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using PostmanDashboard.Accounts.SignIn.Limits;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Shell.Logging;

namespace PostmanDashboard.Accounts.SignIn.Codes;

/// <summary>Mails sign-in codes and takes them back, once each, from the browser that asked for them.</summary>
public sealed class SignInCodes(
    IDbContextFactory<DashboardDbContext> databases,
    AllowedDomains domains,
    SignInMail mail,
    IMailTransport transport,
    IOptions<AccountOptions> options,
    IOptions<MailOptions> smtp,
    LogThrottle throttle,
    TimeProvider clock,
    ILogger<SignInCodes> logger)
{
    public async Task<RequestCodeResult> RequestAsync(string? typedAddress, CodeRequester requester, CancellationToken cancellationToken)
    {
        var single = AddressEntries.Single(typedAddress);
        if (!EmailAddress.TryParse(single, out var address))
        {
            return EmailAddress.TryParseRecipient(single, out _) ? new RequestCodeResult.ForwardingAddress() : new RequestCodeResult.NotAnAddress();
        }

        if (!domains.Allow(address))
        {
            return new RequestCodeResult.DomainNotAllowed(address.Domain);
        }

        var secrets = new CodeSecrets();
        return await AddAsync(address, requester, secrets, cancellationToken) switch
        {
            Addition.Refused refused => refused.Why,
            Addition.Added added => await DeliverAsync(added.Row, address, secrets, cancellationToken),
            var other => throw new InvalidOperationException($"Unknown addition {other}."),
        };
    }

    public async Task<RedeemCodeResult> RedeemAsync(string? flowSecret, string? typedCode, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(flowSecret))
        {
            return new RedeemCodeResult.Gone();
        }

        if (SignInSecrets.ReadCode(typedCode) is not { } digits)
        {
            return new RedeemCodeResult.NotACode();
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var hash = SignInSecrets.Hash(flowSecret);
        var open = db.SignInCodes.Where(code =>
            code.FlowHash == hash && code.UsedAt == null && code.ExpiresAt > now && code.Tries < SignInCode.MaxTries);
        if (await open.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } row
            || !EmailAddress.TryParse(row.Email, out var address))
        {
            return new RedeemCodeResult.Gone();
        }

        // Counted before it is looked at: of ten tries at the same instant, five are looked at.
        if (await open.ExecuteUpdateAsync(set => set.SetProperty(code => code.Tries, code => code.Tries + 1), cancellationToken) == 0)
        {
            return new RedeemCodeResult.Gone();
        }

        return CryptographicOperations.FixedTimeEquals(row.CodeHash, SignInSecrets.HashCode(flowSecret, digits))
            ? await UseAsync(db, row.Id, address, now, cancellationToken)
            : new RedeemCodeResult.Wrong(SignInCode.MaxTries - await TriesAsync(db, row.Id, cancellationToken));
    }

    /// <returns>Where the code went that this browser may enter now; null when there is none.</returns>
    public async Task<string?> FindAddressAsync(string? flowSecret, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(flowSecret))
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var hash = SignInSecrets.Hash(flowSecret);
        return await db.SignInCodes.Where(code => code.FlowHash == hash).Select(code => code.Email).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<RequestCodeResult> DeliverAsync(SignInCode row, EmailAddress address, CodeSecrets secrets, CancellationToken cancellationToken)
    {
        // One that the server didn't answer may arrive, and then it must be good.
        if (await SendAsync(mail.Compose(row, secrets), address, cancellationToken) is MailDelivery.Refused { Cause: not RefusalCause.Unanswered } refused)
        {
            // Where the server answered, its number alone: in its words it quotes addresses.
            var why = refused.Code?.ToString(CultureInfo.InvariantCulture) ?? refused.Reason;
            // Whoever knows a mailbox that the server refuses may ask as often as they like: nothing is used up.
            throttle.Write(logger, LogLevel.Warning, "sign-in code not mailed", $"A sign-in code could not be mailed: {why}");
            // Whoever has left the page meanwhile finds nothing used up either.
            await ForgetAsync(row.Id, CancellationToken.None);
            return new RequestCodeResult.NotSent();
        }

        return new RequestCodeResult.Sent(secrets.Flow);
    }

    /// <summary>Checks the limits and takes one of the codes that they allow, in one transaction, so that requests at the same
    /// instant can't pass them together.</summary>
    private async Task<Addition> AddAsync(
        EmailAddress address, CodeRequester requester, CodeSecrets secrets, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var now = clock.GetUtcNow();
        var forgotten = now - SignInLimits.Window;
        await db.SignInCodes.Where(old => old.CreatedAt <= forgotten).ExecuteDeleteAsync(cancellationToken);
        var browser = await SignInLimits.CountAsAsync(db, address, requester.Browser, now, cancellationToken);
        if ((await SignInLimits.CheckAsync(db, address, browser, now, cancellationToken)
            ?? await SignInLimits.CheckNetworkAsync(db, requester.Network, browser, options.Value.CodesPerNetwork, now, cancellationToken)) is { } tooMany)
        {
            return new Addition.Refused(tooMany);
        }

        var row = new SignInCode
        {
            Email = address.Text,
            NormalizedEmail = address.Normalized,
            FlowHash = SignInSecrets.Hash(secrets.Flow),
            CodeHash = SignInSecrets.HashCode(secrets.Flow, secrets.Code),
            LinkHash = await SignInLimits.IsLastAsync(db, address, browser, now, cancellationToken) ? SignInSecrets.Hash(secrets.Link) : null,
            Network = requester.Network,
            Browser = browser,
            CreatedAt = now,
            ExpiresAt = now + SignInCode.Lifetime,
        };
        db.SignInCodes.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Addition.Added(row);
    }

    /// <summary>The server has ten minutes to say that it took a mail (RFC 5321), but nobody waits so long for a page.</summary>
    private async Task<MailDelivery> SendAsync(MimeMessage message, EmailAddress address, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(smtp.Value.Smtp.Timeout);
        try
        {
            return await transport.SendAsync(message, address.Text, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new MailDelivery.Refused($"no answer within {smtp.Value.Smtp.Timeout}", IsFinal: false, Cause: RefusalCause.Server);
        }
    }

    private async Task ForgetAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.SignInCodes.Where(code => code.Id == id).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task<RedeemCodeResult> UseAsync(
        DashboardDbContext db, Guid id, EmailAddress address, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var used = await db.SignInCodes.Where(code => code.Id == id && code.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(code => code.UsedAt, now), cancellationToken);
        return used == 1 ? new RedeemCodeResult.Accepted(address) : new RedeemCodeResult.Gone();
    }

    private static Task<int> TriesAsync(DashboardDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.SignInCodes.Where(code => code.Id == id).Select(code => code.Tries).SingleAsync(cancellationToken);

    private abstract record Addition
    {
        private Addition()
        {
        }

        public sealed record Added(SignInCode Row) : Addition;

        public sealed record Refused(RequestCodeResult.TooMany Why) : Addition;
    }
}
