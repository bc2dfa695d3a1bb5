namespace PostmanDashboard.Mail.Dispatch;

/// <summary>How long to wait before a temporary refusal is tried again (RFC 5321, 4.5.4.1: at first soon, then seldom).</summary>
public static class RetryDelays
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(40), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4),
    ];

    private static readonly TimeSpan[] SilentPauses = [TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(12), TimeSpan.FromHours(24)];

    /// <summary>After a mail that may have arrived: its repeat is perhaps one too many.</summary>
    /// <param name="tries">How often it was tried already, from 1.</param>
    public static TimeSpan AfterSilence(int tries) => SilentPauses[Math.Clamp(tries - 1, 0, SilentPauses.Length - 1)];

    /// <param name="tries">How often it was tried already, from 1.</param>
    public static TimeSpan After(int tries) => Pauses[Math.Clamp(tries - 1, 0, Pauses.Length - 1)];
}
