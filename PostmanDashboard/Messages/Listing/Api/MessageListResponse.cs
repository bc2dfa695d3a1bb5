using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>A page of an account's messages.</summary>
/// <param name="HasMore">Whether there are more after these.</param>
/// <param name="Data">The messages, in the order that was asked for.</param>
// Written as they are read: a thousand messages may have bodies of a mebibyte each.
[SchemaName("MessageListAnswer")]
public sealed record MessageListResponse(bool HasMore, IAsyncEnumerable<MessageResponse> Data);
