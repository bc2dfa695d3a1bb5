using System.ComponentModel.DataAnnotations;
using System.Globalization;
using PostmanDashboard.Mail;

namespace PostmanDashboard.Tests.Mail;

public sealed class MailOptionsTests
{
    [Theory]
    [InlineData("00:00:02", "1.00:00:00", null)]
    [InlineData("01:00:00", "3650.00:00:00", null)]
    [InlineData("00:00:01.999", "30.00:00:00", "Mail:LeaseFor")]
    [InlineData("01:00:00.001", "30.00:00:00", "Mail:LeaseFor")]
    [InlineData("00:05:00", "23:59:59", "Mail:KeepBodiesFor")]
    [InlineData("00:05:00", "3650.00:00:01", "Mail:KeepBodiesFor")]
    public void Spans_of_time_have_limits_and_the_wrong_one_is_named(string lease, string keep, string? named) => AssertNamed(named, new MailOptions
    {
        From = "Postman <donotreply@postman.example>",
        LeaseFor = TimeSpan.Parse(lease, CultureInfo.InvariantCulture),
        KeepBodiesFor = TimeSpan.Parse(keep, CultureInfo.InvariantCulture),
    });

    [Theory]
    [InlineData(1, 1, null, null, null)]
    [InlineData(65535, 50, "user", "password", null)]
    [InlineData(0, 4, null, null, "Mail:Smtp:Port")]
    [InlineData(65536, 4, null, null, "Mail:Smtp:Port")]
    [InlineData(587, 0, null, null, "Mail:Smtp:Connections")]
    [InlineData(587, 51, null, null, "Mail:Smtp:Connections")]
    [InlineData(587, 4, "user", null, "Mail:Smtp:User")]
    [InlineData(587, 4, null, "password", "Mail:Smtp:Password")]
    public void A_wrong_setting_of_the_server_is_named(int port, int connections, string? user, string? password, string? named) =>
        AssertNamed(named, new MailOptions
        {
            From = "donotreply@postman.example",
            Smtp = new SmtpOptions { Port = port, Connections = connections, User = user, Password = password },
        });

    [Theory]
    [InlineData("00:01:00", "00:10:00", "postman.agency.gov.sg", null)]
    [InlineData("00:01:00", "00:01:00", null, null)]
    [InlineData("00:01:00", "00:00:59", null, "Mail:Smtp:AnswerTimeout")]
    [InlineData("00:01:00", "01:00:01", null, "Mail:Smtp:AnswerTimeout")]
    [InlineData("00:01:00", "00:10:00", "post man", "Mail:Smtp:HeloName")]
    public void Times_that_do_not_fit_together_and_a_name_that_is_not_a_host_are_named(string timeout, string answer, string? name, string? named) =>
        AssertNamed(named, new MailOptions
        {
            From = "donotreply@postman.example",
            Smtp = new SmtpOptions
            {
                Timeout = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture),
                AnswerTimeout = TimeSpan.Parse(answer, CultureInfo.InvariantCulture),
                HeloName = name,
            },
        });

    [Theory]
    [InlineData("")]
    [InlineData("Postman")]
    [InlineData("Postman <donotreply@localhost>")]
    public void A_sender_that_is_not_a_mailbox_is_refused(string from) => AssertNamed("Mail:From", new MailOptions { From = from });

    private static void AssertNamed(string? setting, MailOptions options)
    {
        var errors = options.Validate(new ValidationContext(options)).Select(error => error.ErrorMessage!).ToList();
        if (setting is null)
        {
            Assert.Empty(errors);
        }
        else
        {
            Assert.Contains(setting, Assert.Single(errors), StringComparison.Ordinal);
        }
    }
}
