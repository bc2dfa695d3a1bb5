using Microsoft.AspNetCore.Http;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Shell.Api.Answers;

public sealed class ShortJsonTests
{
    [Theory]
    [InlineData(true, StatusCodes.Status200OK, "application/json; charset=utf-8")]
    [InlineData(false, StatusCodes.Status401Unauthorized, "application/problem+json")]
    public async Task A_short_answer_says_its_length_so_that_it_is_sent_in_one_piece(bool hasKey, int status, string contentType)
    {
        await using var app = new DashboardApplication();
        var issued = await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));

        var answered = await app.Server.SendAsync(call =>
        {
            call.Request.Path = "/v1/api-keys/current";
            call.Request.Headers.Authorization = hasKey ? $"Bearer {issued.Token.Plaintext}" : "Bearer pgsg_";
        });

        Assert.Equal((status, contentType), (answered.Response.StatusCode, answered.Response.ContentType));
        using var body = new MemoryStream();
        await answered.Response.Body.CopyToAsync(body);
        Assert.Equal(body.Length, answered.Response.ContentLength);
    }
}
