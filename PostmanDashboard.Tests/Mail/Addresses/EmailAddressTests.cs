using MimeKit;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Tests.Mail.Addresses;

public sealed class EmailAddressTests
{
    public static TheoryData<string> Valid => new(
        "mei@agency.gov.sg",
        "Mei.Tan@Agency.Gov.SG",
        "mei+grants@agency.gov.sg",
        "m@a.sg",
        "12345@agency.gov.sg",
        "o'brien_2-3@agency.gov.sg",
        "#$&'*+-/=?^_`{|}~@agency.gov.sg",
        "mei@4u.agency-2.gov.sg",
        "mei@xn--bcher-kva.example",
        "mei@agency.xn--p1ai",
        $"{new string('x', 64)}@agency.gov.sg",
        $"mei@{new string('x', 63)}.sg",
        OfLength(254));

    public static TheoryData<string?> Invalid => new(
        // Not one address.
        null,
        "",
        "   ",
        "mei",
        "agency.gov.sg",
        "@agency.gov.sg",
        "mei@",
        "mei@@agency.gov.sg",
        "mei@tan@agency.gov.sg",
        "mei@agency.gov.sg,tan@agency.gov.sg",
        "mei@agency.gov.sg;tan@agency.gov.sg",
        "mei@agency.gov.sg tan@agency.gov.sg",
        // Something beside the address.
        "Mei <mei@agency.gov.sg>",
        "<mei@agency.gov.sg>",
        "mei(office)@agency.gov.sg",
        "mei@agency.gov.sg(office)",
        "mailto:mei@agency.gov.sg",
        "team:mei@agency.gov.sg;",
        "@relay.example:mei@agency.gov.sg",
        // Header injection.
        "mei@agency.gov.sg\r\nBcc: everyone@agency.gov.sg",
        "mei@agency.gov.sg\nBcc:everyone@agency.gov.sg",
        "mei\r\n@agency.gov.sg",
        "mei@\r\nagency.gov.sg",
        "mei\0@agency.gov.sg",
        "mei\t@agency.gov.sg",
        "mei\u007f@agency.gov.sg",
        "mei\u2028@agency.gov.sg",
        // The local part.
        ".mei@agency.gov.sg",
        "mei.@agency.gov.sg",
        "mei..tan@agency.gov.sg",
        "mei tan@agency.gov.sg",
        "\"mei\"@agency.gov.sg",
        "\"mei tan\"@agency.gov.sg",
        "\"mei@tan\"@agency.gov.sg",
        "mei\\tan@agency.gov.sg",
        $"{new string('x', 65)}@agency.gov.sg",
        // The domain.
        "mei@localhost",
        "mei@.gov.sg",
        "mei@agency..sg",
        "mei@agency.gov.sg.",
        "mei@-agency.gov.sg",
        "mei@agency-.gov.sg",
        "mei@agency_1.gov.sg",
        "mei@agency.gov.sg/x",
        $"mei@{new string('x', 64)}.sg",
        "mei@[192.0.2.1]",
        "mei@[IPv6:2001:db8::1]",
        "mei@192.0.2.1",
        // Not ASCII, or shown in another order than it stands in.
        "méi@agency.gov.sg",
        "mеi@agency.gov.sg",
        "mei@bu\u0308cher.example",
        "mei@bücher..example",
        "mei@ü%evil.example",
        "mei@" + new string('ü', 60) + ".example",
        "mei\u202e@agency.gov.sg",
        "mei@agency\u2066.gov.sg",
        // Longer than a mail server need take.
        OfLength(255));

    [Theory]
    [MemberData(nameof(Valid))]
    public void An_address_is_kept_as_typed(string typed)
    {
        Assert.True(EmailAddress.TryParse(typed, out var address));
        Assert.Equal(typed, address.Text);
        Assert.Equal(typed, address.ToString());
        Assert.True(MailboxAddress.TryParse(typed, out _), "Mail can't be sent to it.");
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void What_is_not_one_plain_address_is_refused(string? typed)
    {
        Assert.False(EmailAddress.TryParse(typed, out var address));
        Assert.Null(address);
    }

    [Theory]
    [InlineData("attacker%evil.example@agency.gov.sg")]
    [InlineData("evil.example!attacker@agency.gov.sg")]
    [InlineData("attacker％evil.example@agency.gov.sg")]
    [InlineData("attacker\u200b%evil.example@agency.gov.sg")]
    [InlineData("SRS0=HHH=TT=evil.example=attacker@agency.gov.sg")]
    [InlineData("srs1+HHH=agency.example==HHH=TT=evil.example=attacker@agency.gov.sg")]
    [InlineData("IMCEASMTP-attacker+40evil+2Eexample@agency.gov.sg")]
    public void An_address_out_of_which_a_server_may_read_another_is_only_for_what_programs_send(string typed)
    {
        Assert.False(EmailAddress.TryParse(typed, out _));
        Assert.True(EmailAddress.TryParseRecipient(typed, out var address));
        Assert.True(address.IsRoute);
        Assert.Equal(address, EmailAddress.Parse(address.Text));
    }

    [Theory]
    [InlineData("\"attacker@evil.example\"@agency.gov.sg")]
    [InlineData("attacker@evil.example@agency.gov.sg")]
    [InlineData("@agency.gov.sg:attacker@evil.example")]
    [InlineData("@a.example,@agency.gov.sg:attacker@evil.example")]
    [InlineData("attacker@evil.example:@agency.gov.sg")]
    public void Quoted_and_routed_addresses_are_for_nobody(string typed) => Assert.False(EmailAddress.TryParseRecipient(typed, out _));

    [Fact]
    public void No_character_that_turns_the_direction_is_in_an_address() =>
        Assert.All(
            "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
            turn => Assert.False(EmailAddress.TryParseRecipient($"m{turn}ei@agency.gov.sg", out _)));

    [Theory]
    [InlineData("mei@bücher.example", "mei@xn--bcher-kva.example")]
    [InlineData("mei@BÜCHER.example", "mei@xn--bcher-kva.example")]
    [InlineData("mei@例え。jp", "mei@xn--r8jz45g.jp")]
    [InlineData("mei@аgency.gov.sg", "mei@xn--gency-3ve.gov.sg")]
    [InlineData("mei@நிறுவனம்.சிங்கப்பூர்", "mei@xn--vlccpku2dp3h.xn--clchc0ea0b2g2a9gcd")]
    public void An_internationalised_domain_is_kept_as_mail_servers_know_it(string typed, string text) => Assert.Equal(text, Parse(typed).Text);

    [Theory]
    [InlineData("\u200bmei@agency.gov.sg\ufeff")]
    [InlineData("\u202amei@agency.gov.sg\u202c")]
    [InlineData("mei\u00ad@agency\u200b.gov.sg\u200e")]
    [InlineData("mei@\u2060agency.gov.sg")]
    [InlineData("ｍｅｉ＠ａｇｅｎｃｙ．ｇｏｖ．ｓｇ")]
    public void What_nobody_sees_in_an_address_is_not_part_of_it(string typed) => Assert.Equal("mei@agency.gov.sg", Parse(typed).Text);

    [Fact]
    public void Space_around_an_address_is_not_part_of_it() => Assert.Equal("mei@agency.gov.sg", Parse(" \tmei@agency.gov.sg\r\n").Text);

    [Fact]
    public void Addresses_are_compared_without_regard_to_case()
    {
        var (typed, again, other) = (Parse("Mei@Agency.gov.sg"), Parse("mei@agency.GOV.SG"), Parse("mei@other.gov.sg"));

        Assert.Equal(typed, again);
        Assert.Equal(typed.GetHashCode(), again.GetHashCode());
        Assert.Equal("MEI@AGENCY.GOV.SG", typed.Normalized);
        Assert.NotEqual(typed, other);
    }

    [Fact]
    public void The_domain_is_in_lower_case() => Assert.Equal("agency.gov.sg", Parse("Mei@Agency.GOV.sg").Domain);

    private static string OfLength(int length)
    {
        const string Local = "mei@";
        const string End = ".gov.sg";
        var middle = string.Join('.', new string('x', 63), new string('y', 63), new string('z', 63));
        return $"{Local}{middle}.{new string('w', length - Local.Length - middle.Length - 1 - End.Length)}{End}";
    }

    private static EmailAddress Parse(string typed)
    {
        Assert.True(EmailAddress.TryParse(typed, out var address));
        return address;
    }
}
