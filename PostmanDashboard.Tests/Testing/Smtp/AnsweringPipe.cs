using System.Buffers;
using System.IO.Pipelines;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmtpServer.IO;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>A connection whose next answer can be any: the package has words of its own for a refusal, or adds some to those it is given.</summary>
internal sealed class AnsweringPipe(ISecurableDuplexPipe connection) : PipeWriter, ISecurableDuplexPipe
{
    private readonly ArrayBufferWriter<byte> answer = new();
    private string? instead;

    public PipeReader Input => connection.Input;

    public PipeWriter Output => this;

    public bool IsSecure => connection.IsSecure;

    public SslProtocols SslProtocol => connection.SslProtocol;

    public void AnswerNext(string line) => instead = line;

    public Task UpgradeAsync(X509Certificate certificate, SslProtocols protocols, CancellationToken cancellationToken = default) =>
        connection.UpgradeAsync(certificate, protocols, cancellationToken);

    public void Dispose() => connection.Dispose();

    public override Memory<byte> GetMemory(int sizeHint = 0) => answer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => answer.GetSpan(sizeHint);

    public override void Advance(int bytes) => answer.Advance(bytes);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var bytes = instead is null ? answer.WrittenSpan.ToArray() : Encoding.ASCII.GetBytes($"{instead}\r\n");
        instead = null;
        answer.Clear();
        return await connection.Output.WriteAsync(bytes, cancellationToken);
    }

    public override void Complete(Exception? exception = null) => connection.Output.Complete(exception);

    public override void CancelPendingFlush() => connection.Output.CancelPendingFlush();
}
