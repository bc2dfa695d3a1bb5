namespace PostmanDashboard.Shell.Pages;

/// <summary>The addresses of the dashboard, each once: for the page that is there, and for everybody who leads to it.</summary>
public static class PageRoutes
{
    private const string Reminders = "/reminders";
    private const string Calls = "/calls";
    private const string SentMessages = "/messages";
    private const string Activity = "/activity";

    public const string Start = "/";
    public const string Messages = "/messages";
    public const string MessageExport = $"{Messages}/export.csv";
    public const string HeldBack = $"{Messages}/held-back";
    public const string Settings = "/settings";
    public const string UsingKeys = $"{Settings}#using-keys-heading";

    /// <summary>Where a token is sent to be checked.</summary>
    public const string CheckKey = $"{Settings}/check-key";

    /// <summary>Under the list of keys: those that are over.</summary>
    public const string History = $"{Settings}#history";

    /// <summary>The page of <see cref="Key"/>, with a place for the key, and its parts.</summary>
    public const string KeyTemplate = Settings + "/keys/{KeyId:guid}";

    public const string KeyRemindersTemplate = KeyTemplate + Reminders;
    public const string KeyCallsTemplate = KeyTemplate + Calls;
    public const string KeyMessagesTemplate = KeyTemplate + SentMessages;
    public const string KeyActivityTemplate = KeyTemplate + Activity;

    /// <summary>The page of <see cref="Rotation"/>, with a place for the key.</summary>
    public const string RotationTemplate = Settings + "/keys/{KeyId:guid}/rotate";

    public const string Accounts = "/admin/accounts";
    public const string Mail = "/admin/mail";
    public const string AllHeldBack = $"{Mail}/held-back";
    public const string BackgroundJobs = "/hangfire";
    public const string ApiReference = "/docs/api";

    public const string SignIn = "/sign-in";
    public const string SignInCode = $"{SignIn}/code";

    /// <summary>Followed by the secret of a link from the command line.</summary>
    public const string SignInLink = $"{SignIn}/link";

    /// <summary>Followed by the secret of a link from a mail.</summary>
    public const string BrowserLink = $"{SignIn}/browser";
    public const string SignOut = "/sign-out";

    /// <summary>Says which session the browser has.</summary>
    public const string Session = "/session";

    /// <summary>Followed by the secret of a calendar.</summary>
    public const string Calendar = "/calendar";

    /// <summary>The mails of a dashboard without a mail server, in Development.</summary>
    public const string DevelopmentMailbox = "/dev/mail";

    public const string Error = "/error";
    public const string NotFound = "/not-found";

    /// <summary>What machines ask: whether the process answers (<c>live</c>), and whether it does its work (<c>ready</c>).</summary>
    public const string Health = "/health";

    /// <summary>The page of a key.</summary>
    public static string Key(Guid id) => $"{Settings}/keys/{id}";

    public static string KeyReminders(Guid id) => Key(id) + Reminders;

    public static string KeyCalls(Guid id) => Key(id) + Calls;

    public static string KeyMessages(Guid id) => Key(id) + SentMessages;

    public static string KeyActivity(Guid id) => Key(id) + Activity;

    /// <summary>The page of a key, with the question what to do once it leaked.</summary>
    public static string LeakedKey(Guid id) => $"{Key(id)}?leaked=true";

    /// <summary>What was sent with a key.</summary>
    public static string MessagesOf(Guid keyId) => $"{Messages}?key={keyId}";

    /// <summary>The page on which a key is replaced, from an old key or the one that takes its place.</summary>
    public static string Rotation(Guid keyId) => $"{Settings}/keys/{keyId}/rotate";

    /// <summary>As <see cref="Rotation"/>, in a hurry, because others have the key.</summary>
    public static string LeakedRotation(Guid keyId) => $"{Rotation(keyId)}?leaked=true";

    public static string DevelopmentMail(string name) => $"{DevelopmentMailbox}/{name}";

    /// <summary>The address of a link, as people open it: <paramref name="path"/> and the link's secret.</summary>
    public static string WithSecret(string path, string secret) => $"{path}/{Uri.EscapeDataString(secret)}";
}
