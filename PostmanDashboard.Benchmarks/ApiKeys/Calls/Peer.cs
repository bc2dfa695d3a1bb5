using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Benchmarks.EndToEnd;
using PostmanDashboard.Data;

namespace PostmanDashboard.Benchmarks.ApiKeys.Calls;

/// <summary>
/// What people would use instead: a bare ASP.NET Core application with the same answer, unprotected, behind its own JwtBearer, behind a
/// query for each call, and behind bcrypt. It has no headers, limits, counters or error pages of its own.
/// </summary>
internal static class Peer
{
    /// <summary>The first argument of its process.</summary>
    public const string Command = "peer";

    private const string Issuer = "benchmark";

    /// <summary>Of the product which this one replaces.</summary>
    private const int BcryptCost = 10;

    public static readonly Uri Anonymous = new("/anonymous", UriKind.Relative);
    public static readonly Uri Jwt = new("/jwt", UriKind.Relative);
    public static readonly Uri LookedUp = new("/looked-up", UriKind.Relative);
    public static readonly Uri Bcrypt = new("/bcrypt", UriKind.Relative);

    // As long as ours, and made before: the check alone is compared.
    private static readonly PeerAnswer Answer = new(
        "019a0f6e-7c1e-7b5a-9a53-0d5d7d2d6a55", "Grant system", "4Fz9k", "mei@agency.gov.sg", "2026-01-05T01:00:00.000Z", "2026-07-05T01:00:00.000Z", 181);

    /// <param name="secret">With which the tokens of JwtBearer are signed.</param>
    /// <param name="databaseFile">Where keys are looked up.</param>
    /// <param name="token">What bcrypt compares with.</param>
    public static Task<ServerProcess> StartAsync(string secret, string databaseFile, string token) => ServerProcess.StartAsync(
        [typeof(Peer).Assembly.Location, Command],
        Anonymous.OriginalString,
        ("Secret", secret),
        ("DatabaseFile", databaseFile),
        ("BcryptHash", BCrypt.Net.BCrypt.HashPassword(token, BcryptCost)),
        // As every web application has it.
        ("DOTNET_gcServer", "1"));

    public static string CreateJwt(string secret) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Issuer,
        Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = Answer.Id, [JwtRegisteredClaimNames.Name] = Answer.Account },
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1),
        SigningCredentials = new SigningCredentials(KeyOf(secret), SecurityAlgorithms.HmacSha256),
    });

    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = Build(args);
        await app.RunAsync();
        return 0;
    }

    public static WebApplication Build(string[] args)
    {
        // Elsewhere than the dashboard's settings, which lie beside this program.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = Path.GetTempPath() });
        var (services, configuration) = (builder.Services, builder.Configuration);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        services.AddAuthentication().AddJwtBearer(jwt => jwt.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            IssuerSigningKey = KeyOf(configuration["Secret"]!),
        });
        services.AddAuthorization();
        // Identity reads the version of its tables from here.
        services.Configure<IdentityOptions>(AccountSetup.ConfigureIdentity);
        services.AddPooledDbContextFactory<DashboardDbContext>(database => database.UseSqlite($"Data Source={configuration["DatabaseFile"]}"));
        var app = builder.Build();
        app.MapGet(Anonymous.OriginalString, () => TypedResults.Ok(Answer));
        app.MapGet(Jwt.OriginalString, () => TypedResults.Ok(Answer)).RequireAuthorization();
        app.MapGet(LookedUp.OriginalString, LookUpAsync);
        var hash = configuration["BcryptHash"];
        app.MapGet(Bcrypt.OriginalString, IResult (HttpRequest request) =>
            BCrypt.Net.BCrypt.Verify(TokenOf(request), hash) ? TypedResults.Ok(Answer) : TypedResults.Unauthorized());
        return app;
    }

    /// <summary>As the dashboard did it until 0.1 remembered keys.</summary>
    private static async Task<IResult> LookUpAsync(HttpRequest request, IDbContextFactory<DashboardDbContext> databases, CancellationToken cancellationToken)
    {
        if (!ApiKeyToken.TryParse(TokenOf(request), out var token))
        {
            return TypedResults.Unauthorized();
        }

        var hash = token.Hash;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await (
            from key in db.ApiKeys
            join account in db.Users on key.AccountId equals account.Id
            where key.Hash == hash
            select new
            {
                key.Id,
                account.Email,
                account.MessagesPerSecond,
                key.Label,
                key.Hint,
                key.CreatedAt,
                key.ExpiresAt,
                key.DeletedAt,
                account.DisabledAt,
            }).SingleOrDefaultAsync(cancellationToken);
        return found is { DeletedAt: null, DisabledAt: null } && found.ExpiresAt > TimeProvider.System.GetUtcNow() ? TypedResults.Ok(Answer)
            : TypedResults.Unauthorized();
    }

    private static string TokenOf(HttpRequest request) => request.Headers.Authorization.ToString()["Bearer ".Length..];

    private static SymmetricSecurityKey KeyOf(string secret) => new(Encoding.ASCII.GetBytes(secret));

    private sealed record PeerAnswer(string Id, string Label, string Hint, string Account, string CreatedAt, string ExpiresAt, int DaysLeft);
}
