using System.Text.Json;
using System.Text.Json.Serialization;
using NetEscapades.AspNetCore.SecurityHeaders;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Pages;
using Scalar.AspNetCore;

namespace PostmanDashboard.Shell.Api;

/// <summary>What all features under <c>/v1</c> share: how JSON is written, and the description of the whole.</summary>
public static class ApiSetup
{
    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.Converters.Add(new Rfc3339());
        });
        services.AddOpenApi(ApiDescription.DocumentName, ApiDescription.Configure);
    }

    /// <summary>The document at <c>/openapi/v1.json</c>, and pages made of it at <c>/docs/api</c> that load nothing from elsewhere.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi().AllowAnonymous().AnswerHead();
        endpoints.MapScalarApiReference(PageRoutes.ApiReference, (pages, context) => pages
            .WithTitle("Postman API")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideClientButton()
            .HideDeveloperTools()
            .HideDarkModeToggle()
            .AddHeadContent("""
                <link rel="stylesheet" href="/tokens.css" /><link rel="stylesheet" href="/reference.css" />
                <script src="/theme.js"></script><script src="/reference.js"></script>
                """)
            .AddHeaderContent($"""
                <nav class="reference-bar" aria-label="Dashboard">
                    <a href="{PageRoutes.Start}">‹ Postman dashboard</a>
                    <button type="button" data-theme-switch>Light or dark</button>
                </nav>
                """)
            .WithNonce(context.GetNonce())).AllowAnonymous().AnswerHead();
    }
}
