using System.Net;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;

namespace PostmanDashboard.Tests.Messages.Listing.Api;

/// <summary>Messages can be read at their addresses, and nothing else.</summary>
public sealed class OtherMethodsTests
{
    [Theory]
    [InlineData("/v1/transactional/email")]
    [InlineData("/v1/transactional/email/018f3c2e-0000-7000-8000-000000000000")]
    public async Task Another_method_is_refused_with_those_that_there_are(string path)
    {
        await using var app = await MessagesApp.StartAsync();
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete])
        {
            using var request = new HttpRequestMessage(method, path);
            using var response = await app.Client.SendAsync(request);

            await Problem.ReadAsync(response, HttpStatusCode.MethodNotAllowed);
            Assert.Equal(["GET"], response.Content.Headers.Allow);
        }
    }
}
