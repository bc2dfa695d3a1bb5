using System.Data;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Bearer.Cache;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Data;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Bearer.Cache;

public sealed class KeyCacheTests : IDisposable
{
    /// <summary>What no check of a call reads: what is counted, and what only people see of a deletion.</summary>
    private static readonly string[] NotRead =
    [
        "LastUsedAt", "LastUsedBy", "LastUsedFrom", "DeletedBy", "DeletedFrom", "NormalizedLabel", "Note", "Owner",
        "AccessFailedCount", "ConcurrencyStamp", "CreatedAt", "EmailConfirmed", "LockoutEnabled", "LockoutEnd", "NormalizedEmail", "NormalizedUserName",
        "PasswordHash", "PhoneNumber", "PhoneNumberConfirmed", "SecurityStamp", "TwoFactorEnabled", "UserName",
    ];

    private readonly TestKeys keys = new();

    public void Dispose() => keys.Dispose();

    [Fact]
    public async Task A_key_in_use_is_read_once_and_not_again_while_nothing_of_it_changes()
    {
        var issued = await UseAsync("Grants");
        await keys.IssueAsync(await keys.AddAccountAsync("tan@agency.gov.sg"), "Other");

        var verifier = new ApiKeyVerifier(new NoDatabase(), keys.Cache, keys.Clock);

        Assert.IsType<ApiKeyVerification.Accepted>(await verifier.VerifyAsync(issued.Token.Plaintext, CancellationToken.None));
        Assert.IsType<ApiKeyVerification.Accepted>(await verifier.VerifyWithoutUseAsync(issued.Token.Plaintext, CancellationToken.None));
    }

    [Fact]
    public async Task A_key_is_remembered_from_its_second_call_on_because_the_first_one_is_written()
    {
        var issued = await keys.IssueAsync(await keys.AddAccountAsync());

        await VerifyAsync(issued);
        Assert.Equal(0, keys.Cache.Count);
        await VerifyAsync(issued);
        Assert.Equal(1, keys.Cache.Count);
    }

    [Fact]
    public async Task Tokens_of_no_key_fill_nothing()
    {
        for (var number = 0; number < 50; number++)
        {
            await keys.Verifier.VerifyAsync(ApiKeyToken.Generate().Plaintext, CancellationToken.None);
        }

        Assert.Equal(0, keys.Cache.Count);
    }

    [Fact]
    public async Task Where_more_keys_are_in_use_than_there_is_room_for_all_are_answered_and_no_more_are_remembered()
    {
        using var small = new KeyCache(keys.Database, capacity: 6);
        var verifier = new ApiKeyVerifier(keys.Database, small, keys.Clock);
        var account = await keys.AddAccountAsync();
        var issued = new List<IssueApiKeyResult.Issued>();
        for (var number = 0; number < 20; number++)
        {
            issued.Add(await keys.IssueAsync(account, $"Key {number}"));
        }

        foreach (var key in issued.Concat(issued).Concat(issued))
        {
            var accepted = Assert.IsType<ApiKeyVerification.Accepted>(await verifier.VerifyAsync(key.Token.Plaintext, CancellationToken.None));
            Assert.Equal(key.Id, accepted.Key.Id);
        }

        Assert.InRange(small.Count, 1, 6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_read_before_a_change_is_not_told_after_it(bool isLookedForBetween)
    {
        var issued = await UseAsync("Grants");
        using var other = new KeyCache(keys.Database);
        var databases = new ChangedOnceRead(keys.Database, () =>
        {
            Execute("UPDATE \"ApiKeys\" SET \"DeletedAt\" = 1");
            if (isLookedForBetween)
            {
                Assert.Null(other.Find(TokenHash.From(issued.Token.Hash)));
            }
        });
        var verifier = new ApiKeyVerifier(databases, other, keys.Clock);

        // It was live when this call looked.
        Assert.IsType<ApiKeyVerification.Accepted>(await verifier.VerifyAsync(issued.Token.Plaintext, CancellationToken.None));

        Assert.Equal(
            new ApiKeyVerification.Refused(ApiKeyRefusal.Deleted, issued.Id), await verifier.VerifyAsync(issued.Token.Plaintext, CancellationToken.None));
    }

    /// <remarks>A new column is noted by the triggers, or it is said here that no check reads it.</remarks>
    [Theory]
    [InlineData(typeof(ApiKey), "ApiKeys_NoteUpdate")]
    [InlineData(typeof(Account), "AspNetUsers_NoteUpdate")]
    public void Every_column_that_a_check_may_read_is_noted_when_it_changes(Type entity, string trigger)
    {
        using var db = keys.Database.CreateDbContext();
        var type = db.Model.FindEntityType(entity)!;
        var table = StoreObjectIdentifier.Table(type.GetTableName()!);
        var noted = Ask($"SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = '{trigger}'");

        var columns = type.GetProperties().Select(property => property.GetColumnName(table)!).ToList();
        Assert.All(columns, column => Assert.True(
            noted.Contains($"NEW.\"{column}\"", StringComparison.Ordinal) || NotRead.Contains(column), $"Nobody has said what a change of {column} means."));
    }

    [Fact]
    public async Task Counting_calls_notes_no_change()
    {
        await UseAsync("Grants");
        var before = Ask("SELECT count(*) FROM \"KeyChanges\"");

        Execute("UPDATE \"ApiKeys\" SET \"LastUsedAt\" = 1, \"LastUsedFrom\" = '192.0.2.1', \"LastUsedBy\" = 'curl'");
        Execute("UPDATE \"AspNetUsers\" SET \"Email\" = \"Email\", \"SecurityStamp\" = 'other'");

        Assert.Equal(before, Ask("SELECT count(*) FROM \"KeyChanges\""));
    }

    [Fact]
    public void No_more_changes_are_kept_than_are_needed()
    {
        for (var round = 0; round < 3; round++)
        {
            Execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) " +
                    "INSERT INTO \"KeyChanges\" (\"Stamp\", \"Hash\") SELECT random(), randomblob(32) FROM n");
        }

        Assert.Equal($"{KeyChange.Kept}", Ask("SELECT count(*) FROM \"KeyChanges\""));
    }

    /// <remarks>The program in a process of its own, and this one writes into its file.</remarks>
    [Fact]
    public async Task What_another_process_deletes_is_refused_from_the_next_call_on()
    {
        using var database = new TestDatabase();
        var token = await database.AddLiveKeyAsync(await database.AddAccountAsync("mei@agency.gov.sg"));
        await using var dashboard = await DashboardProcess.StartAsync(Path.GetDirectoryName(database.File)!);
        dashboard.Client.DefaultRequestHeaders.Authorization = new("Bearer", token.Plaintext);
        Task<HttpResponseMessage> CallAsync() => dashboard.Client.GetAsync(new Uri("/v1/api-keys/current", UriKind.Relative));

        for (var round = 0; round < 100; round++)
        {
            await ExecuteAsync(database, "UPDATE \"ApiKeys\" SET \"DeletedAt\" = NULL");
            Assert.Equal(HttpStatusCode.OK, (await CallAsync()).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await CallAsync()).StatusCode);

            await ExecuteAsync(database, "UPDATE \"ApiKeys\" SET \"DeletedAt\" = 1");

            Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync()).StatusCode);
        }
    }

    [Fact]
    public async Task A_call_that_begins_after_a_deletion_is_refused_however_many_call_meanwhile()
    {
        var account = await keys.AddAccountAsync();
        for (var round = 0; round < 20; round++)
        {
            var issued = await keys.IssueAsync(account, $"Key {round}");
            using var deleted = new ManualResetEventSlim();
            var callers = Together.RunAsync(4, async _ =>
            {
                var (refused, isWrong) = (0, false);
                while (refused < 3 && !isWrong)
                {
                    var isDeleted = deleted.IsSet;
                    var isLetIn = await VerifyAsync(issued) is ApiKeyVerification.Accepted;
                    isWrong = isDeleted && isLetIn;
                    refused += isLetIn ? 0 : 1;
                    await Task.Yield();
                }

                return isWrong;
            });
            await Patience.UntilAsync(() => keys.Cache.Count > 0 || callers.IsCompleted, () => "Nobody called.");

            await keys.DeleteAsync(account, issued.Id);
            deleted.Set();

            Assert.DoesNotContain(true, await callers.InTimeAsync());
        }
    }

    private async Task<IssueApiKeyResult.Issued> UseAsync(string label)
    {
        var issued = await keys.IssueAsync(await keys.AddAccountAsync(), label);
        await VerifyAsync(issued);
        await VerifyAsync(issued);
        return issued;
    }

    private Task<ApiKeyVerification> VerifyAsync(IssueApiKeyResult.Issued issued) =>
        keys.Verifier.VerifyAsync(issued.Token.Plaintext, CancellationToken.None).AsTask();

    private void Execute(string sql)
    {
        using var db = keys.Database.CreateDbContext();
        db.Database.ExecuteSqlRaw(sql);
    }

    private string Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={keys.Database.File}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{command.ExecuteScalar()}";
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var db = database.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    /// <summary>Changes something as soon as the first query has been answered, before the answer is used.</summary>
    private sealed class ChangedOnceRead(TestDatabase database, Action change) : IDbContextFactory<DashboardDbContext>
    {
        private bool isChanged;

        public DashboardDbContext CreateDbContext()
        {
            var db = database.CreateDbContext();
            db.Database.GetDbConnection().StateChange += (_, state) =>
            {
                if (state.CurrentState == ConnectionState.Closed && !isChanged)
                {
                    isChanged = true;
                    change();
                }
            };
            return db;
        }
    }
}
