using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.ApiKeys.Trial;

/// <summary>Calls our own API like a program does, over HTTP and with a key, to send one mail: what arrives proves the whole way.</summary>
/// <remarks>The call leaves no trace on the key: no system has it yet, and a lost copy can still be replaced.</remarks>
public sealed class KeyTestMail(IHttpClientFactory clients, PublicAddress address, SelfCallMarker mark)
{
    internal const string HttpClientName = "trial";

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly JsonSerializerOptions ForReading = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="token">Goes into the header of this one call.</param>
    public async Task<KeyTestResult> SendAsync(ApiKeyToken token, string recipient, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            using var request = CreateRequest(token, recipient);
            mark.AddTo(request);
            using var response = await client.SendAsync(request, cancellationToken);
            return Read(response, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException failure)
        {
            return new KeyTestResult.Unanswered($"{WhatHappened(failure.HttpRequestError)} The server tried to reach itself at {address.Direct}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new KeyTestResult.Unanswered(
                $"No answer came within {Quantity.Format((int)Patience.TotalSeconds, "second")}. The server tried to reach itself at {address.Direct}.");
        }
    }

    private HttpRequestMessage CreateRequest(ApiKeyToken token, string recipient) => new(HttpMethod.Post, address.Direct + ApiRoutes.Send)
    {
        Headers =
        {
            Authorization = new AuthenticationHeaderValue("Bearer", token.Plaintext),
            // As if the call had come by the public address: the server may listen to no other name, nor have a certificate for one.
            Host = new Uri(address.Root).Authority,
        },
        Content = JsonContent.Create(new
        {
            recipient,
            subject = "Your Postman API key works",
            body = $"<p>This mail was sent through the Postman API with your new key, the one that ends in {token.Hint}. Your programs can do the " +
                $"same now.</p>",
        }),
    };

    private static KeyTestResult.Answered Read(HttpResponseMessage response, string body)
    {
        var status = (int)response.StatusCode;
        var named = $"{status} {ReasonPhrases.GetReasonPhrase(status)}".TrimEnd();
        try
        {
            using var json = JsonDocument.Parse(body);
            var message = json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var said) ? said.ToString()
                : null;
            return new(response.IsSuccessStatusCode, named, message, JsonSerializer.Serialize(json.RootElement, ForReading));
        }
        catch (JsonException)
        {
            return new(Accepted: false, named, "This isn’t an answer from the API. Something else seems to be listening there.", null);
        }
    }

    private static string WhatHappened(HttpRequestError error) => error switch
    {
        HttpRequestError.SecureConnectionError => "The connection could not be secured.",
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError => "No connection could be made.",
        _ => "The connection broke before the answer came.",
    };
}
