using Microsoft.Extensions.Options;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Tests.Messages;

/// <summary>What a message may be, field by field.</summary>
public sealed class MessageRulesTests
{
    private static readonly EmailAddress Mei = EmailAddress.Parse("mei@agency.gov.sg");
    private static readonly MessageFields Good = new() { Recipient = "raj@agency.gov.sg", Subject = "Your grant", Body = "<p>Dear Raj</p>" };

    private readonly MessageRules rules = new(
        new MailSender(Options.Create(new MailOptions { From = "Postman <donotreply@postman.example>" })), new BodyCleaner());

    [Theory]
    [InlineData(null, "Postman <donotreply@postman.example>")]
    [InlineData("donotreply@postman.example", "Postman <donotreply@postman.example>")]
    [InlineData("undefined <donotreply@postman.example>", "Postman <donotreply@postman.example>")]
    [InlineData("Team X <DoNotReply@postman.example>", "Team X <donotreply@postman.example>")]
    [InlineData("\"Grants, Team \\\"X\\\"\" <donotreply@postman.example>", "Grants, Team \"X\" <donotreply@postman.example>")]
    [InlineData("补助金 <donotreply@postman.example>", "补助金 <donotreply@postman.example>")]
    [InlineData("mei@agency.gov.sg", "mei@agency.gov.sg")]
    [InlineData("Mei <MEI@agency.gov.sg>", "Mei <mei@agency.gov.sg>")]
    [InlineData("undefined <mei@agency.gov.sg>", "mei@agency.gov.sg")]
    public void It_comes_from_the_service_under_any_name_or_from_the_account(string? from, string expected) =>
        Assert.Equal(expected, Accept(Good with { From = from }).From.ToString());

    [Theory]
    [InlineData("raj@agency.gov.sg")]
    [InlineData("Mei <raj@agency.gov.sg>")]
    [InlineData("mei@agency.gov.sg <raj@agency.gov.sg>")]
    [InlineData("Mei <mei@agency.gov.sg> <raj@agency.gov.sg>")]
    [InlineData("Team X")]
    [InlineData("")]
    [InlineData("Team\r\nBcc: eve@example.com <donotreply@postman.example>")]
    [InlineData("Team\u2028X <donotreply@postman.example>")]
    [InlineData("Team\0X <donotreply@postman.example>")]
    public void It_comes_from_nobody_else(string from) => Refuse(Good with { From = from }, "from", "invalid_from_address");

    [Fact]
    public void A_name_is_as_long_as_fits() => Refuse(Good with { From = $"{new string('x', 300)} <donotreply@postman.example>" }, "from", "invalid_from_address");

    [Theory]
    [InlineData("nobody", "invalid_recipient")]
    [InlineData("", "invalid_recipient")]
    [InlineData("a@b.example, c@d.example", "invalid_recipient")]
    [InlineData("a@b.example\r\nBcc: eve@example.com", "invalid_recipient")]
    [InlineData(null, "api_validation")]
    public void It_has_one_recipient(string? recipient, string code) => Refuse(Good with { Recipient = recipient }, "recipient", code);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("one\ntwo")]
    [InlineData("one\r\nBcc: eve@example.com")]
    [InlineData("a\0b")]
    [InlineData("a\u2029b")]
    public void Its_subject_is_one_line(string? subject) => Refuse(Good with { Subject = subject }, "subject", "api_validation");

    [Fact]
    public void Its_subject_has_255_characters_at_most_once_trimmed()
    {
        Assert.Equal(new string('x', 255), Accept(Good with { Subject = $"  {new string('x', 255)}\t" }).Subject);
        Refuse(Good with { Subject = new string('x', 256) }, "subject", "api_validation");
    }

    [Fact]
    public void Its_body_has_1_MiB_of_UTF_8_at_most()
    {
        Accept(Good with { Body = new string('é', 512 * 1024) });
        Refuse(Good with { Body = new string('é', 512 * 1024) + "x" }, "body", "api_validation");
        Refuse(Good with { Body = "a\0b" }, "body", "api_validation");
        Refuse(Good with { Body = "" }, "body", "api_validation");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("  <p>\n</p> ")]
    [InlineData("<img src=\"http://example.com/a.png\">")]
    [InlineData("<!-- only a comment -->")]
    public void A_body_of_which_nothing_is_left_is_refused(string body) => Refuse(Good with { Body = body }, "body", "invalid_template");

    [Fact]
    public void Answers_go_to_the_account_unless_it_says_otherwise()
    {
        Assert.Equal("mei@agency.gov.sg", Accept(Good).ReplyTo.Text);
        Assert.Equal("help@agency.gov.sg", Accept(Good with { ReplyTo = "Help <help@agency.gov.sg>" }).ReplyTo.Text);
        Refuse(Good with { ReplyTo = "help" }, "reply_to", "api_validation");
        Refuse(Good with { ReplyTo = "" }, "reply_to", "api_validation");
    }

    [Fact]
    public void Copies_may_have_names_and_nobody_is_named_twice()
    {
        var draft = Accept(Good with { Cc = ["Ann <ann@agency.gov.sg>"], Bcc = ["bob@agency.gov.sg"] });
        Assert.Equal("ann@agency.gov.sg", Assert.Single(draft.Cc).Text);
        Assert.Equal("bob@agency.gov.sg", Assert.Single(draft.Bcc).Text);

        Refuse(Good with { Cc = ["ann@agency.gov.sg", "Ann@Agency.gov.sg"] }, "cc", "api_validation");
        Refuse(Good with { Cc = ["ann@agency.gov.sg"], Bcc = ["ann@agency.gov.sg"] }, "bcc", "api_validation");
        Refuse(Good with { Bcc = ["RAJ@agency.gov.sg"] }, "bcc", "api_validation");
        Refuse(Good with { Cc = ["ann"] }, "cc", "api_validation");
    }

    [Fact]
    public void Fifty_addresses_are_enough()
    {
        string[] Addresses(string name, int count) => [.. Enumerable.Range(0, count).Select(number => $"{name}{number}@agency.gov.sg")];

        Accept(Good with { Cc = Addresses("c", 25), Bcc = Addresses("b", 24) });
        Refuse(Good with { Cc = Addresses("c", 25), Bcc = Addresses("b", 25) }, "cc", "api_validation");
        Refuse(Good with { Bcc = Addresses("b", 50) }, "bcc", "api_validation");
    }

    [Theory]
    [InlineData("URGENT", MessageClassification.Urgent)]
    [InlineData("FOR_ACTION", MessageClassification.ForAction)]
    [InlineData("FOR_INFO", MessageClassification.ForInfo)]
    [InlineData(null, null)]
    public void It_may_say_what_it_is_for(string? typed, MessageClassification? expected) => Assert.Equal(expected, Accept(Good with { Classification = typed }).Classification);

    [Theory]
    [InlineData("urgent")]
    [InlineData("")]
    [InlineData("0")]
    public void It_says_so_in_these_words_only(string typed) => Refuse(Good with { Classification = typed }, "classification", "api_validation");

    [Fact]
    public void A_tag_has_1_to_255_characters()
    {
        Assert.Equal(new string('x', 255), Accept(Good with { Tag = new string('x', 255) }).Tag);
        Refuse(Good with { Tag = new string('x', 256) }, "tag", "api_validation");
        Refuse(Good with { Tag = "" }, "tag", "api_validation");
        Refuse(Good with { Tag = "a\nb" }, "tag", "api_validation");
    }

    [Fact]
    public void All_faults_are_told_at_once_each_by_its_field()
    {
        var faults = new ApiFaults();

        Assert.Null(rules.Check(new MessageFields { Recipient = "nobody", Cc = ["x", "y"], Tag = "" }, Mei, faults));

        var problem = faults.ToProblem();
        Assert.Equal("api_validation", problem.Code);
        Assert.Equal(["body", "cc", "recipient", "subject", "tag"], problem.Errors!.Keys.Order());
        Assert.Equal(2, problem.Errors["cc"].Count);
    }

    private MessageDraft Accept(MessageFields fields)
    {
        var faults = new ApiFaults();
        var draft = rules.Check(fields, Mei, faults);
        Assert.True(draft is not null, faults.Any ? faults.ToProblem().Message : "");
        return draft!;
    }

    private void Refuse(MessageFields fields, string field, string code)
    {
        var faults = new ApiFaults();
        Assert.Null(rules.Check(fields, Mei, faults));
        var problem = faults.ToProblem();
        Assert.Equal([field], problem.Errors!.Keys);
        Assert.Equal(code, problem.Code);
    }
}
