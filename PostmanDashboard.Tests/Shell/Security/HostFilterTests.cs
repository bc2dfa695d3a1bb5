using Microsoft.AspNetCore.Http;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Shell.Security;

/// <summary>What is served outside Development is asked of the real program: see <c>HostileRequestsTests</c>.</summary>
public sealed class HostFilterTests
{
    [Theory]
    [InlineData("build.agency.gov.sg:5080", StatusCodes.Status200OK)]
    [InlineData("192.0.2.1", StatusCodes.Status200OK)]
    [InlineData("a:99999", StatusCodes.Status400BadRequest)]
    [InlineData("mei@evil.example", StatusCodes.Status400BadRequest)]
    [InlineData("evil.example/settings", StatusCodes.Status400BadRequest)]
    public async Task In_development_every_host_is_served_that_is_one(string host, int status)
    {
        using var app = new DashboardApplication();

        var answered = await app.Server.SendAsync(context =>
        {
            context.Request.Path = "/sign-in";
            context.Request.Host = new HostString(host);
        });

        Assert.Equal(status, answered.Response.StatusCode);
    }
}
