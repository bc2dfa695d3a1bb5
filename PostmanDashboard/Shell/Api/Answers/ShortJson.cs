using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace PostmanDashboard.Shell.Api.Answers;

/// <summary>
/// 200 with a short JSON body that is sent at once, with its length. The framework's own results send chunks: two packets and system calls where
/// one will do, which costs more than the check of a key.
/// </summary>
public sealed class ShortJson<T>(T value) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) => httpContext.WriteShortJsonAsync(value, "application/json; charset=utf-8");

    /// <summary>The same as of the framework's result.</summary>
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Populate<Ok<T>>(method, builder);

    private static void Populate<TResult>(MethodInfo method, EndpointBuilder builder)
        where TResult : IEndpointMetadataProvider => TResult.PopulateMetadata(method, builder);
}

internal static class ShortJson
{
    public static Task WriteShortJsonAsync<T>(this HttpContext context, T value, string contentType)
    {
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = JsonSerializer.SerializeToUtf8Bytes(value, json);
        (context.Response.ContentType, context.Response.ContentLength) = (contentType, body.Length);
        // To a caller who has hung up, the server writes nothing and says nothing.
        return context.Response.Body.WriteAsync(body, CancellationToken.None).AsTask();
    }
}
