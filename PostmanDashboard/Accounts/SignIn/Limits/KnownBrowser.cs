using System.Security.Cryptography;
using System.Text;

namespace PostmanDashboard.Accounts.SignIn.Limits;

/// <summary>A browser in which someone has signed in before, or opened a link from their mailbox, and to which accounts.</summary>
/// <param name="Id">Which browser this is: its tries are counted together, apart from everyone else's.</param>
/// <param name="Accounts">Newest first.</param>
public sealed record KnownBrowser(Guid Id, IReadOnlyList<KnownBrowser.Entry> Accounts)
{
    /// <summary>So many accounts a browser keeps in mind: those of a person, and of the mailboxes that they share.</summary>
    public const int MaxAccounts = 8;

    /// <summary>How long after the last sign-in to an account a browser counts as known to it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    /// <summary>A hash reveals neither address nor account to anyone who opens the cookie.</summary>
    public const int MarkLength = 16;

    public static KnownBrowser New() => new(Guid.NewGuid(), []);

    public bool Knows(string email, string stamp, DateTimeOffset now)
    {
        var mark = MarkOf(email, stamp);
        return Accounts.Any(entry => entry.SignedInAt > now - Lifetime && CryptographicOperations.FixedTimeEquals(entry.Mark, mark));
    }

    /// <summary>The same browser after another sign-in, or another link.</summary>
    public KnownBrowser With(string email, string stamp, DateTimeOffset now)
    {
        var mark = MarkOf(email, stamp);
        return this with { Accounts = [new Entry(mark, now), .. Accounts.Where(entry => !entry.Mark.SequenceEqual(mark)).Take(MaxAccounts - 1)] };
    }

    /// <remarks>With the stamp: where an account's sessions are ended for good, its browsers are strangers again.</remarks>
    private static byte[] MarkOf(string email, string stamp) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{email.ToUpperInvariant()}\n{stamp}"))[..MarkLength];

    /// <param name="Mark">Stands for an account.</param>
    public sealed record Entry(byte[] Mark, DateTimeOffset SignedInAt);
}
