using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>Reads a calendar as a program does that isn't ours: with Python's icalendar (read_calendar.py).</summary>
public static class CalendarParser
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Fails with what the parser says when it can't read the calendar.</summary>
    public static async Task<ParsedCalendar> ReadAsync(string calendar)
    {
        using var process = Process.Start(
            new ProcessStartInfo(TestTools.Find(Needs.CalendarParser), [Path.Combine(AppContext.BaseDirectory, "Testing", "read_calendar.py")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(calendar));
        process.StandardInput.Close();
        var (output, complaint) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await complaint);
        return JsonSerializer.Deserialize<ParsedCalendar>(await output, Json)!;
    }
}

public sealed record ParsedCalendar(string Version, string ProductId, string Name, IReadOnlyList<string> Components, IReadOnlyList<ParsedEvent> Events);

/// <param name="Properties">The names of everything that the event has.</param>
public sealed record ParsedEvent(
    string Uid, string Summary, string Description, DateTimeOffset Stamp, DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<string> Properties);
