using PostmanDashboard.Data;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Data;

/// <summary>What is read together is answered apart.</summary>
public sealed class ReadBatcherTests : IDisposable
{
    private const int Unreadable = 13;

    private readonly TestDatabase database = new();
    private readonly TaskCompletionSource firstMayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<int> sizes = [];
    private readonly ReadBatcher<int, string> reads;

    public ReadBatcherTests() => reads = new ReadBatcher<int, string>(database, ReadAsync);

    public void Dispose()
    {
        reads.Dispose();
        database.Dispose();
    }

    [Fact]
    public async Task Those_who_ask_while_something_is_read_are_read_together_next()
    {
        var first = reads.ReadAsync(0);
        var others = Enumerable.Range(1, 9).Select(number => reads.ReadAsync(number)).ToList();
        firstMayEnd.SetResult();

        Assert.Equal("0", await first.InTimeAsync());
        Assert.Equal(Enumerable.Range(1, 9).Select(number => $"{number}"), await Task.WhenAll(others).InTimeAsync());
        Assert.Equal([1, 9], sizes);
    }

    [Fact]
    public async Task What_cannot_be_read_fails_alone()
    {
        var first = reads.ReadAsync(0);
        var (good, bad) = (reads.ReadAsync(1), reads.ReadAsync(Unreadable));
        firstMayEnd.SetResult();

        await first.InTimeAsync();
        Assert.Equal("1", await good.InTimeAsync());
        await Assert.ThrowsAsync<InvalidDataException>(() => bad.InTimeAsync());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_harms_no_other()
    {
        var first = reads.ReadAsync(0);
        var (good, gone) = (reads.ReadAsync(1), reads.ReadAsync(-1));
        firstMayEnd.SetResult();

        await first.InTimeAsync();
        Assert.Equal("1", await good.InTimeAsync());
        await Assert.ThrowsAsync<KeyNotFoundException>(() => gone.InTimeAsync());
    }

    private async Task<IReadOnlyDictionary<int, string>> ReadAsync(DashboardDbContext db, IReadOnlyList<int> keys)
    {
        sizes.Add(keys.Count);
        await firstMayEnd.Task;
        return keys.Contains(Unreadable)
            ? throw new InvalidDataException()
            : keys.Where(key => key >= 0).ToDictionary(key => key, key => $"{key}");
    }
}
