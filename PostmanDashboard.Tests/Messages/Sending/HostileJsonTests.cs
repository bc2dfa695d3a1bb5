using System.Net;
using System.Text.Json;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;

namespace PostmanDashboard.Tests.Messages.Sending;

/// <summary>Whatever is sent: no failure of ours, no message without an answer, no mail without a message.</summary>
public sealed class HostileJsonTests
{
    private static readonly string[] Names = ["recipient", "subject", "body", "from", "reply_to", "cc", "bcc", "classification", "tag", "more"];

    /// <summary>Texts that fit, nearly fit and never fit, with the characters that break things.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.OneOf(
            "raj@agency.gov.sg", "mei@agency.gov.sg", "Team X <donotreply@postman.example>", "\"A\\\" <b@c.example>", "a@b", "@", "<>", "> <a@b.example>",
            "URGENT", "<p>Hello</p>", "<script>x</script>", "<b><p></b><table><a>", "<!--", "&#0;", "&#xD800;", "<p style=\"color:expression(1)\">x", "",
            " ", "\0", "a\r\nBcc: eve@example.com", "\u202E", "\uFEFF", "%00", "'; DROP TABLE Messages; --", "{{x}}"),
        Gen.String, Gen.String[0, 400]);

    private static readonly Gen<string> Values = Gen.OneOf(
        Texts.Select(text => JsonSerializer.Serialize(text)),
        Texts.Array[0, 60].Select(texts => JsonSerializer.Serialize(texts)),
        Texts.Array[0, 4].Select(texts => JsonSerializer.Serialize(JsonSerializer.Serialize(texts))),
        Gen.OneOf("null", "true", "1e999", "-0", "[]", "{}", "[null]", "[[]]", "{\"a\":{}}", "\"\\ud800\"", "[\"\\udc00\"]", "\"\\u0000\"", "01", "NaN",
            "\"\t\"", ""));

    private static readonly Gen<string> Objects = Gen.Select(Gen.OneOf(Names), Values).Array[0, 12]
        .Select(members => $"{{{string.Join(",", members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}");

    /// <summary>A good message with one or two members replaced: most of what can go wrong needs the rest to be right.</summary>
    private static readonly Gen<string> NearlyGood = Gen.Select(Gen.OneOf(Names), Values, Gen.OneOf(Names), Values)
        .Select((first, one, second, other) => Compose(new Dictionary<string, string> { [first] = one, [second] = other }));

    /// <summary>Cut off, or with a byte changed.</summary>
    private static readonly Gen<string> Broken = Gen.Select(NearlyGood, Gen.Int[0, 1000], Gen.Char)
        .Select((json, at, character) => at % 2 == 0 ? json[..(at % json.Length)] : json.Insert(at % json.Length, $"{character}"));

    [Fact]
    public async Task Every_request_is_answered_and_rows_are_there_for_those_that_were_accepted_alone()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);
        var accepted = 0;

        await Gen.Frequency((3, NearlyGood), (2, Objects), (2, Broken), (1, Gen.String)).SampleAsync(
            async json =>
            {
                using var response = await app.PostAsync(json);
                if (response.StatusCode == HttpStatusCode.Created)
                {
                    Interlocked.Increment(ref accepted);
                }
                else
                {
                    await Problem.ReadAsync(response, HttpStatusCode.BadRequest);
                }
            },
            iter: 1500,
            threads: 2);

        await using var db = app.App.CreateDbContext();
        Assert.True(accepted > 0);
        Assert.Equal(accepted, await db.Messages.CountAsync());
        Assert.Equal(accepted, await db.Messages.CountAsync(
            message => db.OutgoingMails.Any(mail => mail.MessageId == message.Id && mail.Recipient == message.Recipient)));
        Assert.Equal(0, await db.OutgoingMails.CountAsync(mail => mail.MessageId == null));
        await app.App.RunJobsAsync();
        Assert.False(await db.OutgoingMails.AnyAsync(mail => mail.SettledAt == null));
    }

    private static string Compose(Dictionary<string, string> changed)
    {
        foreach (var (name, value) in MessagesApp.Message())
        {
            changed.TryAdd(name, value!.ToJsonString());
        }

        return $"{{{string.Join(",", changed.Select(member => $"\"{member.Key}\":{member.Value}"))}}}";
    }
}
