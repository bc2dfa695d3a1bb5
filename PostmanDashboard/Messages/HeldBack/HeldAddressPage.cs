using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Messages.HeldBack;

/// <summary>Some of the addresses that are held back.</summary>
/// <param name="Counted">How many there are on all pages, or one more than <see cref="HeldAddressLists.MaxCounted"/> when there are more.</param>
public sealed record HeldAddressPage(IReadOnlyList<HeldAddressLine> Addresses, bool HasMore, int Counted)
{
    public string CountInWords() => Counted > HeldAddressLists.MaxCounted
        ? $"More than {Quantity.FormatNumber(HeldAddressLists.MaxCounted)} addresses"
        : Quantity.Format(Counted, "address", "addresses");
}

/// <summary>An address that is held back, as people see it.</summary>
/// <param name="AccountEmail">For whose messages it is held back.</param>
/// <param name="ReleasedAt">When it was released before, and bounced again afterwards. Null when it never was.</param>
/// <param name="ReleasedBy">Who did that. Null when nobody did.</param>
public sealed record HeldAddressLine(
    Guid Id, string Address, string AccountEmail, DateTimeOffset Since, string Reason, DateTimeOffset? ReleasedAt, string? ReleasedBy);

/// <summary>A held-back address's position in the list.</summary>
public sealed record HeldPosition(DateTimeOffset Since, Guid Id);
