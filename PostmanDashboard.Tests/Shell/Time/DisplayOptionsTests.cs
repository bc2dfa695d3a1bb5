using System.ComponentModel.DataAnnotations;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Tests.Shell.Time;

public sealed class DisplayOptionsTests
{
    [Theory]
    [InlineData("Asia/Singapore", "Asia/Singapore")]
    [InlineData("Singapore", "Singapore")]
    [InlineData("Asia/Calcutta", "Asia/Calcutta")]
    [InlineData("Etc/GMT-8", "Etc/GMT-8")]
    [InlineData("UTC", "UTC")]
    [InlineData("utc", "UTC")]
    public void A_zone_is_found_by_any_of_its_IANA_names(string name, string id) =>
        Assert.Equal(id, new DisplayOptions { TimeZone = name }.FindZone()?.Id);

    [Theory]
    [InlineData("Nowhere")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("SGT")]
    [InlineData("UTC+08:00")]
    [InlineData("Singapore Standard Time")]
    [InlineData("localtime")]
    public void Any_other_name_is_refused_with_an_example_of_a_right_one(string? name)
    {
        var options = new DisplayOptions { TimeZone = name! };

        var error = Assert.Single(options.Validate(new ValidationContext(options)));

        Assert.Equal($"Display:TimeZone is “{name}”, which isn't a known time zone. Use a name like Asia/Singapore or Europe/Paris.", error.ErrorMessage);
    }
}
