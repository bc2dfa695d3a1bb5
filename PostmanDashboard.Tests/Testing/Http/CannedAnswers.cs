using System.Net;
using System.Net.Mime;
using System.Text;

namespace PostmanDashboard.Tests.Testing.Http;

/// <summary>Stands where our API would answer: keeps the calls, and answers as a test says.</summary>
public sealed class CannedAnswers : HttpMessageHandler, IHttpClientFactory
{
    /// <summary>A call as it was made.</summary>
    public sealed record MadeCall(Uri Address, string? Host, string? Authorization, string Body);

    public List<MadeCall> Calls { get; } = [];

    /// <summary>May throw, or wait, as a network does.</summary>
    public Func<CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = _ => Task.FromResult(Json(HttpStatusCode.Created, """{"id":"1"}"""));

    public static HttpResponseMessage Json(HttpStatusCode status, string json) => Text(status, json, MediaTypeNames.Application.Json);

    public static HttpResponseMessage Text(HttpStatusCode status, string text, string mediaType) =>
        new(status) { Content = new StringContent(text, Encoding.UTF8, mediaType) };

    public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        Calls.Add(new MadeCall(request.RequestUri!, request.Headers.Host, request.Headers.Authorization?.ToString(), body));
        return await Answer(cancellationToken);
    }
}
