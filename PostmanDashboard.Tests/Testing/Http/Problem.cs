using System.Net;
using System.Net.Http.Json;

namespace PostmanDashboard.Tests.Testing.Http;

/// <summary>An error as a client of the API reads it.</summary>
public sealed record Problem(
    string Type, string Title, int Status, string Detail, string Code, string Message, Dictionary<string, string[]>? Errors = null)
{
    /// <summary>Reads the answer, after making sure that it is problem details in form, consistent, and stored nowhere.</summary>
    public static async Task<Problem> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.False(response.Headers.Contains("Set-Cookie"));
        var problem = await response.Content.ReadFromJsonAsync<Problem>();
        Assert.NotNull(problem);
        Assert.Equal((int)expected, problem.Status);
        Assert.Equal("about:blank", problem.Type);
        Assert.NotEmpty(problem.Title);
        Assert.NotEmpty(problem.Message);
        Assert.Equal(problem.Message, problem.Detail);
        return problem;
    }
}
