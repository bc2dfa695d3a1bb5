namespace PostmanDashboard.ApiKeys.Activity;

/// <summary>What can happen to a key. The numbers are in the database; never change one.</summary>
public enum KeyEventKind
{
    Generated = 0,
    LabelChanged = 1,
    ContactsChanged = 2,
    RotationStarted = 3,

    /// <summary>The rotation was given up: both keys stay.</summary>
    RotationStopped = 4,

    /// <summary>A key that was never used got another token.</summary>
    TokenReplaced = 5,

    /// <summary>A mail was sent through the API with the new key.</summary>
    TestMailSent = 6,

    ContactTestMailSent = 7,
    Deleted = 8,
    NoteChanged = 9,
    OwnerChanged = 10,
    AccessChanged = 20,
    Paused = 21,
    Resumed = 22,
    NetworksChanged = 23,

    /// <summary>Someone chose that the key is deleted by itself at the end of its rotation.</summary>
    AutoDeleteChosen = 30,

    AutoDeleteUndone = 31,

    /// <summary>Its deletion was announced.</summary>
    AutoDeletePlanned = 32,

    /// <summary>It was called again, so it wasn't deleted as announced.</summary>
    AutoDeletePostponed = 33,
}

public static class KeyEventKinds
{
    /// <summary>What happened, as people read it: <c>Label changed</c>.</summary>
    public static string InWords(this KeyEventKind kind) => kind switch
    {
        KeyEventKind.Generated => "Key generated",
        KeyEventKind.LabelChanged => "Label changed",
        KeyEventKind.ContactsChanged => "Contacts changed",
        KeyEventKind.RotationStarted => "Rotation started",
        KeyEventKind.RotationStopped => "Rotation stopped",
        KeyEventKind.TokenReplaced => "Secret replaced",
        KeyEventKind.TestMailSent => "Test mail sent with the key",
        KeyEventKind.ContactTestMailSent => "Test mail sent to the contacts",
        KeyEventKind.NoteChanged => "Note changed",
        KeyEventKind.OwnerChanged => "Owner changed",
        KeyEventKind.AccessChanged => "Access changed",
        KeyEventKind.NetworksChanged => "Networks changed",
        KeyEventKind.Paused => "Key paused",
        KeyEventKind.Resumed => "Key resumed",
        KeyEventKind.Deleted => "Key deleted",
        KeyEventKind.AutoDeleteChosen => "Automatic deletion switched on",
        KeyEventKind.AutoDeleteUndone => "Automatic deletion switched off",
        KeyEventKind.AutoDeletePlanned => "Automatic deletion announced",
        KeyEventKind.AutoDeletePostponed => "Automatic deletion postponed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
