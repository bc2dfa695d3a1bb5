using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;

namespace PostmanDashboard.Tests.Shell.Api;

/// <summary>Every error under /v1 is problem details, and no page has a part in it.</summary>
public sealed class ApiErrorsTests
{
    [Theory]
    [InlineData(400, "malformed")]
    [InlineData(401, "unauthenticated")]
    [InlineData(403, "unauthorized")]
    [InlineData(404, "not_found")]
    [InlineData(405, "api_validation")]
    [InlineData(413, "api_validation")]
    [InlineData(415, "malformed")]
    [InlineData(422, "api_validation")]
    [InlineData(429, "rate_limit")]
    [InlineData(500, "internal_server")]
    [InlineData(503, "internal_server")]
    public async Task Each_status_has_its_code(int status, string code)
    {
        await using var app = await StartAsync(api => api.MapGet("/v1/fails", () => TypedResults.StatusCode(status)));
        using var client = app.GetTestClient();

        using var response = await client.GetAsync("/v1/fails");

        var problem = await Problem.ReadAsync(response, (HttpStatusCode)status);
        Assert.Equal(code, problem.Code);
    }

    [Theory]
    [InlineData(400, "malformed")]
    [InlineData(413, "api_validation")]
    public async Task A_body_that_cannot_be_read_is_the_callers_mistake(int status, string code)
    {
        await using var app = await StartAsync(api =>
            api.MapPost("/v1/fails", IResult () => throw new BadHttpRequestException("An inner matter.", status)));
        using var client = app.GetTestClient();

        using var response = await client.PostAsync("/v1/fails", null);

        var problem = await Problem.ReadAsync(response, (HttpStatusCode)status);
        Assert.Equal(code, problem.Code);
        Assert.DoesNotContain("An inner matter", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task An_unknown_address_is_the_same_to_everyone(string method)
    {
        await using var app = new DashboardApplication();
        using var client = app.CreateClient();
        foreach (var address in (string[])["/v1", "/v1/nothing-here", "/V1/api-keys/current/more"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            request.Headers.Add("Accept", "text/html");

            using var response = await client.SendAsync(request);

            var problem = await Problem.ReadAsync(response, HttpStatusCode.NotFound);
            Assert.Equal("not_found", problem.Code);
        }
    }

    [Fact]
    public async Task HEAD_gets_the_header_of_a_problem_and_no_page()
    {
        await using var app = new DashboardApplication();
        using var client = app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/v1/nothing-here");

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_unknown_address_elsewhere_is_a_page()
    {
        await using var app = new DashboardApplication();
        using var client = app.CreateClient();

        using var response = await client.GetAsync("/v10/nothing-here");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_failure_of_ours_says_nothing_of_our_insides_and_still_warns_the_key(string environment)
    {
        await using var app = new DashboardApplication
        {
            Settings = { ["environment"] = environment, ["Mail:Smtp:Host"] = "localhost", ["Public:BaseUrl"] = "http://localhost" },
        };
        var issued = await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));
        await using (var db = app.CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER broken BEFORE UPDATE OF DeletedAt ON ApiKeys BEGIN SELECT RAISE(ABORT, 'an inner matter'); END");
        }

        using var client = app.CreateClient(issued.Token);
        using var response = await client.DeleteAsync("/v1/api-keys/current");

        var problem = await Problem.ReadAsync(response, HttpStatusCode.InternalServerError);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal("internal_server", problem.Code);
        Assert.DoesNotContain("inner matter", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        Assert.Equal("2026-07-05T09:00:00.000Z", Assert.Single(response.Headers.GetValues("Postman-Api-Key-Expires")));
    }

    /// <summary>An application with nothing but the API's errors and one endpoint, for statuses that no real endpoint gives yet.</summary>
    private static async Task<WebApplication> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseApiErrors();
        map(app);
        await app.StartAsync();
        return app;
    }
}
