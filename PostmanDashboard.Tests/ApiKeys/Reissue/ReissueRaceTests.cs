using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reissue;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reissue;

/// <summary>The secret of a key is replaced at the moment at which a program calls with it for the first time.</summary>
public sealed class ReissueRaceTests
{
    private const int Rounds = 60;

    [Fact]
    public async Task Either_the_call_is_accepted_or_the_secret_replaced_and_one_secret_lives()
    {
        await using var app = new DashboardApplication();
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var secrets = app.Services.GetRequiredService<TokenReissue>();
        for (var round = 0; round < Rounds; round++)
        {
            // One at a time: an account has fifty live keys at the most.
            var issued = await app.IssueKeyAsync(account, $"System {round}");
            using var program = app.CreateClient(issued.Token);
            var (status, replaced) = (HttpStatusCode.Unused, (ReissueResult?)null);

            await Together.RunAsync(2, async number =>
            {
                if (number == round % 2)
                {
                    status = await CallAsync(program);
                }
                else
                {
                    replaced = await secrets.ReplaceAsync(account.Id, issued.Id, new Actor(account.Email!, null), CancellationToken.None);
                }

                return true;
            });

            await AssertOneLivesAsync(app, issued.Token, status, replaced!);
            await app.Services.GetRequiredService<ApiKeyService>().DeleteAsync(account.Id, issued.Id, new Actor(account.Email!, null), CancellationToken.None);
        }
    }

    private static async Task AssertOneLivesAsync(DashboardApplication app, ApiKeyToken first, HttpStatusCode status, ReissueResult result)
    {
        using var holder = app.CreateClient(first);
        var firstLives = await CallAsync(holder) == HttpStatusCode.OK;
        if (result is ReissueResult.Replaced replaced)
        {
            using var successor = app.CreateClient(replaced.Token);
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Assert.False(firstLives);
            Assert.Equal(HttpStatusCode.OK, await CallAsync(successor));
        }
        else
        {
            Assert.IsType<ReissueResult.AlreadyUsed>(result);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.True(firstLives);
        }
    }

    private static async Task<HttpStatusCode> CallAsync(HttpClient program)
    {
        using var answer = await program.GetAsync("/v1/api-keys/current");
        return answer.StatusCode;
    }
}
