using Microsoft.Extensions.Options;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Messages;
using PostmanDashboard.Messages.Bodies;
using PostmanDashboard.Messages.Sending;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Tests.Messages.Sending;

/// <summary>What a message may be, field by field.</summary>
public sealed class MessageRulesTests
{
    private static readonly EmailAddress Mei = EmailAddress.Parse("mei@agency.gov.sg");
    private static readonly MessageFields Good = new() { Recipient = "raj@agency.gov.sg", Subject = "Your grant", Body = "<p>Dear Raj</p>" };

    private readonly MessageRules rules = new(
        new MailSender(Options.Create(new MailOptions { From = "Postman <donotreply@postman.example>" })),
        new BodyCleaner(),
        Options.Create(new MessageOptions { FromAliases = { "donotreply@mail.postman.gov.sg" } }));

    [Theory]
    [InlineData(null, "Postman <donotreply@postman.example>")]
    [InlineData("donotreply@postman.example", "Postman <donotreply@postman.example>")]
    [InlineData("undefined <donotreply@postman.example>", "Postman <donotreply@postman.example>")]
    [InlineData("Team X <DoNotReply@postman.example>", "Team X <donotreply@postman.example>")]
    [InlineData("\"Grants, Team \\\"X\\\"\" <donotreply@postman.example>", "Grants, Team \"X\" <donotreply@postman.example>")]
    [InlineData("补助金 <donotreply@postman.example>", "补助金 <donotreply@postman.example>")]
    [InlineData("donotreply@mail.postman.gov.sg", "Postman <donotreply@postman.example>")]
    [InlineData("Team X <DoNotReply@mail.postman.gov.sg>", "Team X <donotreply@postman.example>")]
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
    public void A_name_is_as_long_as_fits()
    {
        var longest = new string('x', Message.FromMaxLength - " <donotreply@postman.example>".Length);

        Assert.Equal(longest, Accept(Good with { From = $"{longest} <donotreply@postman.example>" }).From.Name);
        var problem = Refuse(Good with { From = $"{longest}x <donotreply@postman.example>" }, "from", "api_validation");
        Assert.Contains("too long", problem.Message, StringComparison.Ordinal);
    }

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
    [InlineData("\r\n")]
    [InlineData("a\0b")]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2029b")]
    public void It_has_a_subject_without_control_characters(string? subject) => Refuse(Good with { Subject = subject }, "subject", "api_validation");

    [Theory]
    [InlineData("one\ntwo", "one two")]
    [InlineData("one \r\n\r\n  two\rthree\n", "one two three")]
    [InlineData("one\r\nBcc: eve@example.com", "one Bcc: eve@example.com")]
    public void Its_subject_becomes_one_line(string subject, string expected) => Assert.Equal(expected, Accept(Good with { Subject = subject }).Subject);

    [Fact]
    public void Its_subject_has_998_characters_at_most_once_trimmed()
    {
        Assert.Equal(new string('x', 998), Accept(Good with { Subject = $"  {new string('x', 998)}\t" }).Subject);
        Refuse(Good with { Subject = new string('x', 999) }, "subject", "api_validation");
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
    public void A_body_without_anything_left_is_refused(string body) => Refuse(Good with { Body = body }, "body", "invalid_template");

    [Fact]
    public void Answers_go_to_the_account_unless_it_says_otherwise()
    {
        Assert.Equal("mei@agency.gov.sg", Accept(Good).ReplyTo.Text);
        Assert.Equal("help@agency.gov.sg", Accept(Good with { ReplyTo = "Help <help@agency.gov.sg>" }).ReplyTo.Text);
        Refuse(Good with { ReplyTo = "help" }, "reply_to", "api_validation");
        Refuse(Good with { ReplyTo = "" }, "reply_to", "api_validation");
    }

    [Fact]
    public void Copies_may_have_names_and_nobody_is_twice_in_one_list()
    {
        var draft = Accept(Good with { Cc = ["Ann <ann@agency.gov.sg>"], Bcc = ["bob@agency.gov.sg"] });
        Assert.Equal("ann@agency.gov.sg", Assert.Single(draft.Cc).Text);
        Assert.Equal("bob@agency.gov.sg", Assert.Single(draft.Bcc).Text);

        Refuse(Good with { Cc = ["ann@agency.gov.sg", "Ann@Agency.gov.sg"] }, "cc", "api_validation");
        Refuse(Good with { Bcc = ["ann@agency.gov.sg", "ann@agency.gov.sg"] }, "bcc", "api_validation");
        Refuse(Good with { Cc = ["ann"] }, "cc", "api_validation");
    }

    [Fact]
    public void Whoever_is_named_in_several_places_gets_one_mail()
    {
        var draft = Accept(Good with { Cc = ["ann@agency.gov.sg", "Raj <RAJ@agency.gov.sg>"], Bcc = ["Ann@agency.gov.sg", "bob@agency.gov.sg"] });

        Assert.Equal(["ann@agency.gov.sg", "RAJ@agency.gov.sg"], draft.Cc.Select(address => address.Text));
        Assert.Equal(["Ann@agency.gov.sg", "bob@agency.gov.sg"], draft.Bcc.Select(address => address.Text));
        Assert.Equal(["raj@agency.gov.sg", "ann@agency.gov.sg", "bob@agency.gov.sg"], draft.Everyone.Select(address => address.Text));
    }

    [Fact]
    public void Fifty_addresses_are_enough()
    {
        string[] Addresses(string name, int count) => [.. Enumerable.Range(0, count).Select(number => $"{name}{number}@agency.gov.sg")];

        Accept(Good with { Cc = Addresses("c", 25), Bcc = Addresses("b", 24) });
        Refuse(Good with { Cc = Addresses("c", 25), Bcc = Addresses("b", 25) }, "cc", "too_many_recipients");
        Refuse(Good with { Bcc = Addresses("b", 50) }, "bcc", "too_many_recipients");
    }

    [Fact]
    public void Too_many_copies_are_told_together_with_what_is_wrong_with_each()
    {
        var copies = Enumerable.Range(1, 60).Select(number => number % 20 == 0 ? "nobody" : $"c{number}@agency.gov.sg").ToArray();

        var errors = Refuse(Good with { Cc = copies, Bcc = ["nobody"] }, ["cc", "bcc"], "api_validation").Errors!;

        Assert.Equal(
            ["A message has at most 50 recipients, copies and blind copies included.", "Number 20 isn't an email address.", "Number 40 isn't an email address.",
                "Number 60 isn't an email address."],
            errors["cc"]);
        Assert.Equal(["Number 1 isn't an email address."], errors["bcc"]);
    }

    [Fact]
    public void Of_a_list_that_is_all_wrong_the_first_ten_are_told()
    {
        var few = Refuse(Good with { Cc = [.. Enumerable.Repeat("nobody", 10)] }, "cc", "api_validation").Errors!["cc"];
        var many = Refuse(Good with { Cc = [.. Enumerable.Repeat("nobody", 100_000)] }, "cc", "api_validation").Errors!["cc"];

        Assert.Equal("Number 10 isn't an email address.", few[^1]);
        Assert.Equal(["Number 10 isn't an email address.", "There are more like these."], many.TakeLast(2));
        Assert.Equal(12, many.Count);
    }

    [Theory]
    [InlineData("URGENT", MessageClassification.Urgent)]
    [InlineData("FOR_ACTION", MessageClassification.ForAction)]
    [InlineData("FOR_INFO", MessageClassification.ForInfo)]
    [InlineData("urgent", MessageClassification.Urgent)]
    [InlineData("For_Action", MessageClassification.ForAction)]
    [InlineData(null, null)]
    public void It_may_say_what_it_is_for(string? typed, MessageClassification? expected) =>
        Assert.Equal(expected, Accept(Good with { Classification = typed }).Classification);

    [Theory]
    [InlineData("very urgent")]
    [InlineData("")]
    [InlineData("0")]
    public void It_says_so_in_these_words_only(string typed) => Refuse(Good with { Classification = typed }, "classification", "api_validation");

    [Theory]
    [InlineData("Your \u202etnarg", "Your tnarg")]
    [InlineData("\u2067Your\u2069 grant\u200b\ufeff", "Your grant")]
    [InlineData("👩\u200d💻", "👩\u200d💻")]
    public void Its_subject_and_the_name_of_its_sender_are_what_can_be_seen(string written, string seen)
    {
        var message = Accept(Good with { Subject = written, From = $"{written} <donotreply@postman.example>" });

        Assert.Equal((seen, seen), (message.Subject, message.From.Name));
    }

    [Theory]
    [InlineData("\u202e")]
    [InlineData("\u200b \u2060")]
    [InlineData("Your\u0007 grant")]
    [InlineData("Your\u2028 grant")]
    public void A_subject_that_shows_nothing_or_holds_controls_is_refused(string subject) =>
        Refuse(Good with { Subject = subject }, "subject", "api_validation");

    [Theory]
    [InlineData("gra\u200bnts")]
    [InlineData("\u202egrants")]
    [InlineData("grants\u2069")]
    public void A_tag_that_nobody_could_search_for_is_refused(string tag) => Refuse(Good with { Tag = tag }, "tag", "api_validation");

    [Theory]
    [InlineData("raj%example.org@agency.gov.sg")]
    [InlineData("example.org!raj@agency.gov.sg")]
    public void Programs_write_to_whom_they_like(string recipient)
    {
        var message = Accept(Good with { Recipient = recipient, Cc = [$"copy{recipient}"], ReplyTo = recipient });

        Assert.Equal((recipient, recipient), (message.Recipient.Text, message.ReplyTo.Text));
    }

    [Fact]
    public void A_tag_has_1_to_255_characters()
    {
        Assert.Equal(new string('x', 255), Accept(Good with { Tag = new string('x', 255) }).Tag);
        Refuse(Good with { Tag = new string('x', 256) }, "tag", "api_validation");
        Refuse(Good with { Tag = "" }, "tag", "api_validation");
        Refuse(Good with { Tag = "a\nb" }, "tag", "api_validation");
    }

    [Fact]
    public void All_errors_are_reported_at_once_each_by_its_field()
    {
        var problem = Problem(new MessageFields { Recipient = "nobody", Cc = ["x", "y"], Tag = "" });

        Assert.Equal("api_validation", problem.Code);
        Assert.Equal(["body", "cc", "recipient", "subject", "tag"], problem.Errors!.Keys.Order());
        Assert.Equal(2, problem.Errors["cc"].Count);
    }

    private MessageDraft Accept(MessageFields fields)
    {
        var check = rules.Check(fields, Mei, new ValidationErrors());
        Assert.True(check is CheckMessageResult.Passed, check.ToString());
        return ((CheckMessageResult.Passed)check).Draft;
    }

    private ApiProblem Problem(MessageFields fields) =>
        Assert.IsType<CheckMessageResult.Refused>(rules.Check(fields, Mei, new ValidationErrors())).Problem;

    private ApiProblem Refuse(MessageFields fields, string field, string code) => Refuse(fields, [field], code);

    private ApiProblem Refuse(MessageFields fields, string[] named, string code)
    {
        var problem = Problem(fields);
        Assert.Equal(named, problem.Errors!.Keys);
        Assert.Equal(code, problem.Code);
        return problem;
    }
}
