using CsCheck;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;

namespace PostmanDashboard.Tests.ApiKeys;

public sealed class ApiKeyTokenTests
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // Checksum and hash were computed apart from this program, with a bitwise CRC-32C that gives E3069283 for "123456789".
    private const string Literal = "pgsg_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg26nph3";
    private const string LiteralHash = "A7C8863AFF38526195FF5860BC3A5B59F5A9372E2553E37172834AC538DF0F7B";

    // The same, with a checksum that begins with zeros.
    private const string LiteralWithSmallChecksum = "pgsg_00000000000000000000000000000000000000000L0008Qtm";

    private static readonly Gen<ApiKeyToken> Tokens = Gen.Int.Select(_ => ApiKeyToken.Generate());

    [Theory]
    [InlineData(Literal)]
    [InlineData(LiteralWithSmallChecksum)]
    public void A_token_of_the_format_that_is_in_use_is_read(string text)
    {
        Assert.True(ApiKeyToken.TryParse(text, out var token));

        Assert.Equal(text, token.Plaintext);
    }

    [Fact]
    public void A_token_is_stored_as_its_SHA_256_and_its_last_five_characters()
    {
        var token = Parse(Literal);

        Assert.Equal(LiteralHash, Convert.ToHexString(token.Hash));
        Assert.Equal("6nph3", token.Hint);
    }

    [Fact]
    public void Every_new_token_is_54_characters_of_one_word_and_reads_back()
    {
        Tokens.Sample(token =>
        {
            Assert.Matches("^pgsg_[0-9A-Za-z]{49}$", token.Plaintext);
            Assert.Equal(token.Hash, Parse(token.Plaintext).Hash);
        });
    }

    [Fact]
    public void No_two_new_tokens_are_the_same()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => ApiKeyToken.Generate().Plaintext);

        Assert.Equal(1000, tokens.Distinct().Count());
    }

    [Fact]
    public void Every_change_of_one_character_is_refused()
    {
        Tokens.Sample(
            token =>
            {
                for (var at = 0; at < ApiKeyToken.Length; at++)
                {
                    foreach (var other in Base62.Append('_').Where(other => other != token.Plaintext[at]))
                    {
                        AssertRefused(token.Plaintext.Remove(at, 1).Insert(at, other.ToString()));
                    }
                }
            },
            iter: 10);
    }

    [Fact]
    public void Every_swap_of_two_neighbours_is_refused()
    {
        Tokens.Sample(token =>
        {
            for (var at = 1; at < ApiKeyToken.Length; at++)
            {
                var text = token.Plaintext;
                if (text[at - 1] != text[at])
                {
                    AssertRefused($"{text[..(at - 1)]}{text[at]}{text[at - 1]}{text[(at + 1)..]}");
                }
            }
        });
    }

    [Fact]
    public void Anything_that_a_caller_may_send_is_refused_without_an_exception()
    {
        Gen.String.Sample(AssertRefused);
        AnyText(ApiKeyToken.Length).Sample(AssertRefused);
        AnyText(ApiKeyToken.Length - ApiKeyToken.Prefix.Length).Select(rest => ApiKeyToken.Prefix + rest).Sample(AssertRefused);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pgsg_")]
    [InlineData(" " + Literal)]
    [InlineData(Literal + " ")]
    [InlineData(Literal + "\n")]
    [InlineData(Literal + "0")]
    [InlineData("pgsg_123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg26nph3")]
    public void Another_length_is_refused(string? text) => AssertRefused(text);

    // The last two have a checksum that is right for the prefix or the characters that they have.
    [Theory]
    [InlineData("PGSG_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg26nph3")]
    [InlineData("pgsg-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg26nph3")]
    [InlineData("pgxx_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg15gZJq")]
    [InlineData("pgsg_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcde+/2U7VaP")]
    public void Another_prefix_or_character_is_refused(string text)
    {
        Assert.Equal(ApiKeyToken.Length, text.Length);
        AssertRefused(text);
    }

    [Fact]
    public void A_token_that_is_printed_shows_only_its_prefix_and_hint()
    {
        var issued = new IssueApiKeyResult.Issued(Guid.Empty, "Grant system", Parse(Literal));

        Assert.Equal("pgsg_•••••6nph3", $"{issued.Token}");
        Assert.DoesNotContain("0123456789", issued.ToString(), StringComparison.Ordinal);
    }

    private static Gen<string> AnyText(int length) => Gen.Char.Array[length].Select(characters => new string(characters));

    private static ApiKeyToken Parse(string text)
    {
        Assert.True(ApiKeyToken.TryParse(text, out var token));
        return token;
    }

    private static void AssertRefused(string? text)
    {
        Assert.False(ApiKeyToken.TryParse(text, out var token));
        Assert.Null(token);
    }
}
