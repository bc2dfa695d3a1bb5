using CsCheck;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Tests.Shell.Text;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("Invoice \u202efdp.exe", "Invoice fdp.exe")]
    [InlineData("\u200b\u200e\u200f\u061c\u00ad\u2060\ufeff\u180e", "")]
    [InlineData("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "")]
    [InlineData("a\r\nb\u0085c\u2028d\u2029e", "a  b c d e")]
    [InlineData("a\u0000\u0007\u001b[31mb\u009f", "a[31mb")]
    [InlineData("a\u034f\u115f\u3164\uffa0\u2800b", "ab")]
    [InlineData("a\ufff9b\ufffbc\U000E0001", "abc")]
    [InlineData("\u0600١٢", "\u0600١٢")]
    [InlineData("שלום \u200fA", "שלום A")]
    [InlineData("x\u200dy \u200c\u200d", "xy ")]
    [InlineData("👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3 葛\U000E0100", "👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3 葛\U000E0100")]
    [InlineData("Café – மானியம் – 補助金", "Café – மானியம் – 補助金")]
    public void Of_a_line_is_kept_what_can_be_seen(string written, string seen) => Assert.Equal(seen, VisibleText.Clean(written));

    [Fact]
    public void Whatever_is_cleaned_holds_nothing_more_to_clean() =>
        Gen.String[Gen.OneOf(Gen.Char, Gen.Char['\u2000', '\u206f'], Gen.Char['\ufe00', '\ufe0f'], Gen.Char['a', 'b']), 0, 20].Sample(written =>
        {
            var clean = VisibleText.Clean(written);
            return VisibleText.Clean(clean) == clean
                && !clean.Any(character => VisibleText.Turns(character) || VisibleText.IsControl(character));
        });
}
