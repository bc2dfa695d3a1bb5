using Microsoft.AspNetCore.Components;

namespace PostmanDashboard.ApiKeys.Panel;

/// <summary>What someone typed or pasted into a field of addresses, as far as it is complete.</summary>
public sealed class AddressesTakenEventArgs : EventArgs
{
    /// <summary>As typed: entries that commas, semicolons or white space separate, not yet checked.</summary>
    public string Text { get; set; } = "";
}

/// <summary>Makes <c>@onaddressestaken</c> known in Razor, which finds such attributes in classes of this name.</summary>
[EventHandler("onaddressestaken", typeof(AddressesTakenEventArgs))]
public static class EventHandlers;
