using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Data;

/// <summary>
/// Marks a column of lines that people or programs wrote. They are cleaned before they are stored; those from before that was so are
/// cleaned by the next upgrade (<see cref="StoredTextCleanUp"/>), and shown clean until then.
/// </summary>
public sealed class VisibleTextConverter() : ValueConverter<string, string>(line => line, stored => VisibleText.Clean(stored));
