namespace PostmanDashboard.Mail;

public static class MailSetup
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
    }

    public static void MapMail(this WebApplication app)
    {
    }
}
