namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>What is made before each test, or ended after it, and takes time to: a class overrides the half that it has.</summary>
public abstract class AsyncLifetime : IAsyncLifetime
{
    public virtual Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => TearDownAsync();

    protected virtual Task TearDownAsync() => Task.CompletedTask;
}
