using System.Diagnostics;

namespace PostmanDashboard.Mail;

/// <summary>Reasons as the owner of a key reads them.</summary>
public static class CancelReasons
{
    public static string InWords(this CancelReason reason) => reason switch
    {
        CancelReason.KeyDeleted => "the key was deleted",
        CancelReason.ContactRemoved => "no longer a contact",
        CancelReason.AccountDisabled => "the account was disabled",
        CancelReason.Superseded => "a tighter warning was due before it could be sent",
        CancelReason.NotDue => "it wasn't due: the clock was set back",
        _ => throw new UnreachableException(),
    };
}
