namespace PostmanDashboard.Shell.Api;

/// <summary>The addresses of the API, each once.</summary>
public static class ApiRoutes
{
    public const string Root = "/v1";
    public const string CurrentKey = $"{Root}/api-keys/current";
    public const string Messages = $"{Root}/transactional/email";
    public const string Send = $"{Messages}/send";

    public static string Message(Guid id) => $"{Messages}/{id}";
}
