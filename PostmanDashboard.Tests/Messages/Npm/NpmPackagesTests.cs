using System.Text.Json;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Npm;

public sealed class NpmPackagesTests
{
    [Fact]
    public void The_lock_file_pins_every_package_by_its_content_and_names_no_registry()
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(BuildPaths.Find("Client"), "package-lock.json")));

        var packages = locked.RootElement.GetProperty("packages").EnumerateObject().Where(package => package.Name.Length > 0).Select(package => package.Value)
            .ToList();

        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.StartsWith("sha512-", package.GetProperty("integrity").GetString(), StringComparison.Ordinal));
        Assert.All(packages, package => Assert.False(package.TryGetProperty("resolved", out _)));
    }
}
