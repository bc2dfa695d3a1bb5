using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PostmanDashboard.Data;

/// <summary>Stores an instant as UTC ticks: SQLite can neither compare nor order a DateTimeOffset, but it can a number.</summary>
public sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
