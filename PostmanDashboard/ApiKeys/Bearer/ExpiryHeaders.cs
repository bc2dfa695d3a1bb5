using NodaTime;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.ApiKeys.Bearer;

/// <summary>Tells every caller with a live key when it expires, so that a program can warn its users too.</summary>
internal static class ExpiryHeaders
{
    public const string Expires = "Postman-Api-Key-Expires";
    public const string Warning = "Postman-Api-Key-Warning";

    /// <summary>Adds them to whatever will be answered, an error as well.</summary>
    public static void AddExpiryHeaders(this HttpResponse response, ApiKeyVerification.Accepted accepted, DateTimeZone zone) =>
        // At the last moment, because an exception clears the headers that were set before.
        response.OnStarting(() =>
        {
            var expiresAt = accepted.Key.ExpiresAt;
            response.Headers[Expires] = Rfc3339.Format(expiresAt);
            if (ApiKey.IsInLastMonth(expiresAt, accepted.At, zone))
            {
                response.Headers[Warning] = $"expires in {Quantity.Format(ApiKey.DaysLeft(expiresAt, accepted.At), "day")}";
            }

            return Task.CompletedTask;
        });
}
