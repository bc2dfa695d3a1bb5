using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Overview;
using PostmanDashboard.Shell.Time;
using PostmanDashboard.Tests.Testing.Components;

namespace PostmanDashboard.Tests.Overview;

public sealed class ExpiryPanelTests : MudTestContext
{
    /// <remarks>The clocks of London went forward on the 29th, so this month began in winter time.</remarks>
    [Fact]
    public void After_the_clocks_changed_the_months_on_the_line_are_those_to_come()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 30, 12, 0, 0, TimeSpan.Zero));
        var zone = DateTimeZoneProviders.Tzdb["Europe/London"];
        Services.AddSingleton<TimeProvider>(clock).AddSingleton(new AgencyTime(zone, Options.Create(new DisplayOptions { TimeZone = zone.Id })));
        var key = new KeyExpiry(Guid.NewGuid(), "Grants", "Q10SG", clock.GetUtcNow(), clock.GetUtcNow().AddDays(90), ApiKeyStatus.Live);

        var panel = Render<ExpiryPanel>(parameters => parameters.Add(panel => panel.Keys, [key]));

        var months = panel.FindAll(".expiry-scale span");
        Assert.Equal(["Apr", "May", "Jun", "Jul", "Aug", "Sep"], months.Select(month => month.TextContent));
        // April begins a day and a half on, of 184 days.
        Assert.Equal(0.77, double.Parse(months[0].GetAttribute("style")!["left: ".Length..^1], CultureInfo.InvariantCulture), tolerance: 0.05);
    }
}
