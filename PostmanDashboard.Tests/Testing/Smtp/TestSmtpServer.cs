using System.Net;
using System.Security.Authentication;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Tools;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Net;
using SmtpServer.Storage;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>
/// The SMTP server that tests use: the package SmtpServer, in their own process, so that it costs next to nothing and runs everywhere.
/// It misbehaves when told to. <see cref="IndependentSmtpServer"/> is a second opinion.
/// </summary>
public sealed class TestSmtpServer : ReceivingServer
{
    // Longer than any test lasts.
    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly TestMailbox mailbox;
    private Task running = Task.CompletedTask;

    private TestSmtpServer(bool needsTls) => mailbox = new TestMailbox(Record) { NeedsTls = needsTls };

    /// <param name="user">When given, mail is refused until the client has signed in with it and <paramref name="password"/>.</param>
    /// <param name="port">0: any that is free.</param>
    public static async Task<TestSmtpServer> StartAsync(
        SmtpSecurity security = SmtpSecurity.None, string? user = null, string? password = null, int port = 0)
    {
        var server = new TestSmtpServer(needsTls: security == SmtpSecurity.StartTls);
        try
        {
            server.Listen(security, user, password, port);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <param name="answer">A reply of RFC 5321, such as <c>550 5.1.1 No such mailbox</c>.</param>
    /// <param name="times">How often, before the recipient is accepted again. Null: always.</param>
    public void Refuse(string recipient, string answer, int? times = null) => mailbox.Refuse(recipient, answer, times);

    /// <param name="answer">The answer to every MAIL FROM. Null accepts mail again.</param>
    public void RefuseAll(string? answer) => mailbox.RefusalOfAll = answer;

    /// <summary>Answers 421 to further mails over one connection.</summary>
    public void LimitConnections(int mails) => mailbox.MailsPerConnection = mails;

    /// <summary>How long the server takes from now on to take a mail's content.</summary>
    public void AnswerAfter(TimeSpan delay) => mailbox.Delay = delay;

    /// <summary>Takes mails, and leaves them without an answer until <see cref="ReleaseAnswers"/>.</summary>
    public void HoldAnswers() => mailbox.HoldAnswers();

    public void ReleaseAnswers() => mailbox.ReleaseAnswers();

    protected override async Task StopAsync()
    {
        await stopping.CancelAsync();
        await running.InTimeAsync();
        stopping.Dispose();
    }

    private void Listen(SmtpSecurity security, string? user, string? password, int port)
    {
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").CommandWaitTimeout(Forever).MaxRetryCount(int.MaxValue)
            .Endpoint(endpoint =>
            {
                endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port)).SessionTimeout(Forever)
                    .IsSecure(security == SmtpSecurity.Tls).SupportedSslProtocols(SslProtocols.None)
                    .AuthenticationRequired(user is not null).AllowUnsecureAuthentication();
                if (security != SmtpSecurity.None)
                {
                    endpoint.Certificate(Certificate.Load());
                }
            });
        var listeners = new AnsweringListeners();
        var services = new ServiceCollection().AddSingleton<IEndpointListenerFactory>(listeners).AddSingleton<IMailboxFilter>(mailbox)
            .AddSingleton<IMessageStore>(mailbox);
        if (user is not null)
        {
            services.AddSingleton<IUserAuthenticator>(new OneUser(user, password));
        }

        // It has begun to listen, or has failed to, before it waits for anything.
        var listening = new SmtpServer.SmtpServer(options.Build(), services.BuildServiceProvider()).StartAsync(stopping.Token);
        Port = listeners.Port ?? throw new InvalidOperationException($"Nothing can listen on port {port}.", listening.Exception);
        running = listening;
    }

    private sealed class OneUser(string user, string? password) : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(ISessionContext context, string givenUser, string givenPassword, CancellationToken cancellationToken) =>
            Task.FromResult((givenUser, givenPassword) == (user, password));
    }
}
