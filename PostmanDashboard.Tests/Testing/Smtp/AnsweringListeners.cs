using System.Net;
using SmtpServer;
using SmtpServer.IO;
using SmtpServer.Net;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>Listens as the package does, says on which port, and puts an <see cref="AnsweringPipe"/> around each connection.</summary>
internal sealed class AnsweringListeners : EndpointListenerFactory
{
    /// <summary>Null until something listens.</summary>
    public int? Port { get; private set; }

    public override IEndpointListener CreateListener(IEndpointDefinition endpointDefinition) => new Listener(base.CreateListener(endpointDefinition));

    protected override void OnEndpointStarted(EndpointEventArgs args) => Port = ((IPEndPoint)args.LocalEndPoint).Port;

    private sealed class Listener(IEndpointListener listener) : IEndpointListener
    {
        public async Task<ISecurableDuplexPipe> GetPipeAsync(ISessionContext context, CancellationToken cancellationToken) =>
            new AnsweringPipe(await listener.GetPipeAsync(context, cancellationToken));

        public void Dispose() => listener.Dispose();
    }
}
