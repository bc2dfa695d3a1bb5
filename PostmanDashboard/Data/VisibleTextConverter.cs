using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PostmanDashboard.Shell;

namespace PostmanDashboard.Data;

/// <summary>
/// Shows of a stored line what can be seen. Lines are cleaned before they are stored; those from before that was so are cleaned here,
/// wherever they are shown.
/// </summary>
public sealed class VisibleTextConverter() : ValueConverter<string, string>(line => line, stored => VisibleText.Clean(stored));
