using PostmanDashboard.Shell.Badges;

namespace PostmanDashboard.ApiKeys.Status;

/// <summary>How people see a key's status.</summary>
public static class ApiKeyStatuses
{
    public static string InWords(this ApiKeyStatus status) => status switch
    {
        ApiKeyStatus.Live => "Live",
        ApiKeyStatus.Expiring => "Expiring",
        ApiKeyStatus.Paused => "Paused",
        ApiKeyStatus.Expired => "Expired",
        ApiKeyStatus.Deleted => "Deleted",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static BadgeTone Tone(this ApiKeyStatus status) => status switch
    {
        ApiKeyStatus.Live => BadgeTone.Good,
        ApiKeyStatus.Expiring => BadgeTone.Warn,
        ApiKeyStatus.Paused => BadgeTone.Quiet,
        ApiKeyStatus.Expired => BadgeTone.Bad,
        ApiKeyStatus.Deleted => BadgeTone.Quiet,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
