using System.Globalization;
using CsCheck;
using NodaTime;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Contacts;

namespace PostmanDashboard.Tests.ApiKeys;

public sealed class ApiKeyTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private static readonly DateTimeZone Singapore = DateTimeZoneProviders.Tzdb["Asia/Singapore"];

    // 31 August 2026, 12:00 in Singapore: a month before it is 31 July, six months after it 28 February.
    private static readonly DateTimeOffset EndOfAugust = new(2026, 8, 31, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ApiKeyLifetime.Days30, 2026, 9, 30)]
    [InlineData(ApiKeyLifetime.Days60, 2026, 10, 30)]
    [InlineData(ApiKeyLifetime.Days90, 2026, 11, 29)]
    [InlineData(ApiKeyLifetime.SixMonths, 2027, 2, 28)]
    public void A_key_expires_at_the_same_time_of_day_after_the_chosen_lifetime(ApiKeyLifetime lifetime, int year, int month, int day) =>
        Assert.Equal(new DateTimeOffset(year, month, day, 4, 0, 0, TimeSpan.Zero), Issue(EndOfAugust, lifetime).ExpiresAt);

    [Theory]
    [InlineData(ApiKeyLifetime.Days30, "30 days")]
    [InlineData(ApiKeyLifetime.Days60, "60 days")]
    [InlineData(ApiKeyLifetime.Days90, "90 days")]
    [InlineData(ApiKeyLifetime.SixMonths, "6 months")]
    public void A_lifetime_reads_as_people_say_it(ApiKeyLifetime lifetime, string words) => Assert.Equal(words, lifetime.InWords());

    [Fact]
    public void A_lifetime_that_is_none_of_the_choices_makes_no_key()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Issue(EndOfAugust, (ApiKeyLifetime)4));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((ApiKeyLifetime)(-1)).InWords());
    }

    [Fact]
    public void No_key_lives_past_six_calendar_months_whenever_and_wherever_it_is_made()
    {
        var instants = Gen.Int[0, 26 * 365 * 24 * 60].Select(minutes => new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));
        var zones = Gen.OneOf("Asia/Singapore", "Europe/Paris", "America/New_York", "Australia/Lord_Howe").Select(id => DateTimeZoneProviders.Tzdb[id]);

        Gen.Select(instants, zones, Gen.Enum<ApiKeyLifetime>()).Sample((now, zone, lifetime) =>
        {
            var key = Issue(now, lifetime, zone);

            Assert.InRange(key.ExpiresAt, now.AddDays(29), ApiKey.LatestExpiry(now, zone));
            Assert.InRange(key.ExpiresAt, now.AddDays(29), now.AddDays(185));
        });
    }

    [Fact]
    public void A_new_key_holds_the_facts_of_its_token_and_not_the_token()
    {
        var token = ApiKeyToken.Generate();
        var key = ApiKey.Issue(token, Guid.Empty, Label("Grant system"), Contacts("a@agency.gov.sg", "b@agency.gov.sg"), ApiKeyLifetime.Days30, EndOfAugust,
            Singapore);

        Assert.Equal((token.Hint, EndOfAugust, "Grant system", "GRANT SYSTEM"), (key.Hint, key.CreatedAt, key.Label, key.NormalizedLabel));
        Assert.Equal(token.Hash, key.Hash);
        Assert.Equal(["a@agency.gov.sg", "b@agency.gov.sg"], key.Contacts.Select(contact => contact.Address));
        Assert.All(key.Contacts, contact => Assert.Equal(key.Id, contact.ApiKeyId));
        Assert.Null(key.LastUsedAt);
        Assert.Null(key.DeletedAt);
    }

    [Fact]
    public void A_key_is_expired_from_the_instant_of_its_expiry_on()
    {
        var key = Issue(EndOfAugust, ApiKeyLifetime.Days30);

        Assert.Equal(ApiKeyStatus.Expiring, StatusAt(key, key.ExpiresAt - Millisecond));
        Assert.Equal(ApiKeyStatus.Expired, StatusAt(key, key.ExpiresAt));
        Assert.Equal(ApiKeyStatus.Expired, StatusAt(key, key.ExpiresAt + Millisecond));
        Assert.Equal([true, false, false], EdgeOf(key.ExpiresAt).Select(key.IsLive));
    }

    [Fact]
    public void A_key_is_expiring_from_a_calendar_month_before_its_expiry_on()
    {
        var key = Issue(EndOfAugust, ApiKeyLifetime.SixMonths);
        var monthBefore = new DateTimeOffset(2027, 1, 28, 4, 0, 0, TimeSpan.Zero);

        Assert.Equal([ApiKeyStatus.Live, ApiKeyStatus.Expiring, ApiKeyStatus.Expiring], EdgeOf(monthBefore).Select(now => StatusAt(key, now)));
    }

    [Theory]
    [InlineData(ApiKeyLifetime.Days30, 16)]
    [InlineData(ApiKeyLifetime.Days60, 30)]
    public void A_key_is_expiring_from_the_first_reminder_on_that_was_still_to_come_when_it_was_made(ApiKeyLifetime lifetime, int days)
    {
        var key = Issue(EndOfAugust.AddDays(-15), lifetime);
        var first = key.CreatedAt.AddDays(days);

        Assert.Equal([ApiKeyStatus.Live, ApiKeyStatus.Expiring, ApiKeyStatus.Expiring], EdgeOf(first).Select(now => StatusAt(key, now)));
    }

    [Fact]
    public void A_deleted_key_is_deleted_before_and_after_its_expiry()
    {
        var key = Issue(EndOfAugust, ApiKeyLifetime.SixMonths);
        key.Delete(EndOfAugust.AddDays(1), new Actor("mei@agency.gov.sg", "192.0.2.1"));

        Assert.Equal((EndOfAugust.AddDays(1), "mei@agency.gov.sg", "192.0.2.1"), (key.DeletedAt, key.DeletedBy, key.DeletedFrom));
        Assert.Equal(ApiKeyStatus.Deleted, StatusAt(key, EndOfAugust.AddDays(2)));
        Assert.Equal(ApiKeyStatus.Deleted, StatusAt(key, key.ExpiresAt));
        Assert.False(key.IsLive(EndOfAugust.AddDays(2)));
    }

    [Theory]
    [InlineData("183.00:00:00", 183)]
    [InlineData("182.23:59:59.999", 183)]
    [InlineData("2.00:00:00.001", 3)]
    [InlineData("1.00:00:00.001", 2)]
    [InlineData("1.00:00:00", 1)]
    [InlineData("23:59:59.999", 1)]
    [InlineData("00:00:00.001", 1)]
    [InlineData("00:00:00", 0)]
    [InlineData("-00:00:00.001", 0)]
    [InlineData("-400.00:00:00", 0)]
    public void The_last_day_begun_counts_as_a_day_left(string left, int days) =>
        Assert.Equal(days, ApiKey.DaysLeft(EndOfAugust, EndOfAugust - TimeSpan.Parse(left, CultureInfo.InvariantCulture)));

    [Fact]
    public void A_paused_key_is_paused_until_it_is_resumed_or_expires_or_is_deleted()
    {
        var key = Issue(EndOfAugust, ApiKeyLifetime.SixMonths);
        key.Pause(EndOfAugust);
        key.Pause(EndOfAugust.AddDays(1));

        Assert.Equal(EndOfAugust, key.PausedAt);
        Assert.Equal(ApiKeyStatus.Paused, StatusAt(key, key.ExpiresAt - Millisecond));
        Assert.Equal(ApiKeyStatus.Expired, StatusAt(key, key.ExpiresAt));
        key.Resume();
        Assert.Equal(ApiKeyStatus.Live, StatusAt(key, EndOfAugust));
        key.Pause(EndOfAugust);
        key.Delete(EndOfAugust, new Actor("mei@agency.gov.sg", null));
        Assert.Equal(ApiKeyStatus.Deleted, StatusAt(key, EndOfAugust));
    }

    private static DateTimeOffset[] EdgeOf(DateTimeOffset instant) => [instant - Millisecond, instant, instant + Millisecond];

    private static ApiKeyStatus StatusAt(ApiKey key, DateTimeOffset now) => key.StatusAt(now, Singapore);

    private static ApiKey Issue(DateTimeOffset now, ApiKeyLifetime lifetime, DateTimeZone? zone = null) =>
        ApiKey.Issue(ApiKeyToken.Generate(), Guid.Empty, Label("Grant system"), Contacts("mei@agency.gov.sg"), lifetime, now, zone ?? Singapore);

    private static ApiKeyLabel Label(string text)
    {
        Assert.True(ApiKeyLabel.TryParse(text, out var label, out _));
        return label;
    }

    private static ContactList Contacts(params string[] addresses)
    {
        Assert.True(ContactList.TryParse(addresses, out var contacts, out _));
        return contacts;
    }
}
