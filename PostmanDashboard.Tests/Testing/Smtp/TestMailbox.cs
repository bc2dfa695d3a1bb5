using System.Buffers;
using System.Net;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>What a <see cref="TestSmtpServer"/> says to a sender, a recipient and a mail's content.</summary>
internal sealed class TestMailbox(Action<ReceivedMail> record) : IMailboxFilter, IMessageStore
{
    private const string MailsKey = "Postman:Mails";

    private readonly Dictionary<string, (string Answer, int? Times)> refusals = new(StringComparer.OrdinalIgnoreCase);
    private volatile TaskCompletionSource? held;
    private volatile string? refusalOfAll;

    public bool NeedsTls { get; init; }

    public string? RefusalOfAll { get => refusalOfAll; set => refusalOfAll = value; }

    /// <summary>Null: as many as a client likes.</summary>
    public int? MailsPerConnection { get; set; }

    public TimeSpan Delay { get; set; }

    public void Refuse(string recipient, string answer, int? times)
    {
        lock (refusals)
        {
            refusals[recipient] = (answer, times);
        }
    }

    public void HoldAnswers() => held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReleaseAnswers() => held?.TrySetResult();

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken)
    {
        var mails = context.Properties.TryGetValue(MailsKey, out var earlier) ? (int)earlier + 1 : 1;
        context.Properties[MailsKey] = mails;
        return Task.FromResult(Accept(
            context,
            NeedsTls && !context.Pipe.IsSecure ? "530 5.7.0 Must issue a STARTTLS command first"
            : mails > MailsPerConnection ? "421 4.7.0 Too many messages in this connection"
            : RefusalOfAll));
    }

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
        Task.FromResult(Accept(context, RefusalOf(to.AsAddress())));

    public async Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        await Task.Delay(Delay, cancellationToken);
        record(new ReceivedMail(
            transaction.From.AsAddress() ?? "",
            [.. transaction.To.Select(recipient => recipient.AsAddress())],
            // The package takes the last line's end for a part of the end of the content.
            [.. buffer.ToArray(), (byte)'\r', (byte)'\n'],
            ((IPEndPoint)context.Properties[EndpointListener.RemoteEndPointKey]).Port,
            context.Pipe.IsSecure,
            Answered: true));
        await (held?.Task ?? Task.CompletedTask).WaitAsync(cancellationToken);
        return SmtpResponse.Ok;
    }

    /// <param name="refusal">The answer instead of 250. Null: accepted.</param>
    private static bool Accept(ISessionContext context, string? refusal)
    {
        if (refusal is not null)
        {
            ((AnsweringPipe)context.Pipe).AnswerNext(refusal);
        }

        return refusal is null;
    }

    private string? RefusalOf(string recipient)
    {
        lock (refusals)
        {
            if (!refusals.TryGetValue(recipient, out var refusal) || refusal.Times == 0)
            {
                return null;
            }

            refusals[recipient] = refusal with { Times = refusal.Times - 1 };
            return refusal.Answer;
        }
    }
}
