using MimeKit;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Messages.Bodies;

/// <summary>What is taken out of a body is nowhere: not in the answer, not in the database, not in the mail.</summary>
public sealed class CleanedBodyTests
{
    [Fact]
    public async Task Only_the_cleaned_body_is_answered_stored_and_sent()
    {
        await using var app = await MessagesApp.StartAsync();

        var answer = await app.SendAsync(("body", "<p onclick=\"steal()\">Dear Raj</p><script>steal()</script><a href=\"javascript:steal()\">more</a>"));
        await app.App.RunJobsAsync();

        const string Cleaned = "<p>Dear Raj</p><a>more</a>";
        Assert.Equal(Cleaned, answer.GetProperty("params").GetProperty("body").GetString());
        Assert.Equal(Cleaned, (await app.OnlyMessageAsync()).Body);
        var mail = Assert.Single(app.App.Mail.Sent);
        Assert.Contains(Cleaned, mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("Dear Raj\n\nmore\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.All(mail.BodyParts.OfType<TextPart>(), part => Assert.DoesNotContain("steal", part.Text, StringComparison.Ordinal));
    }
}
