using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PostmanDashboard.Data.Storage;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Data.Storage;

public sealed class StorageFolderTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    [Fact]
    public void A_relative_folder_is_under_the_content_root()
    {
        var folder = Open("data");

        Assert.Equal(Path.Combine(root.Path, "data"), folder.Path);
        Assert.Equal(Path.Combine(root.Path, "data", "postman.db"), folder.DatabaseFile);
        Assert.Equal(Path.Combine(root.Path, "data", "mail"), folder.MailFolder);
    }

    [Fact]
    public void An_absolute_folder_is_taken_as_it_is()
    {
        using var elsewhere = new TemporaryFolder();

        Assert.Equal(elsewhere.Path, Open(elsewhere.Path).Path);
    }

    [Fact]
    public void A_path_with_the_signs_of_a_connection_string_is_still_a_path() =>
        Assert.Contains("\"", Open("a;Mode=ReadOnly").ConnectionString, StringComparison.Ordinal);

    [Fact]
    public void The_folder_is_made_with_those_above_it_and_stays_when_it_is_there()
    {
        var folder = Open(Path.Combine("var", "data"));

        folder.Create();
        File.WriteAllText(folder.DatabaseFile, "kept");
        folder.Create();

        Assert.Equal("kept", File.ReadAllText(folder.DatabaseFile));
    }

    [Fact]
    public void A_new_folder_is_for_this_user_alone()
    {
        var folder = Open("data");

        folder.Create();

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
        }
    }

    [Fact]
    public void A_file_in_its_place_is_an_error()
    {
        File.WriteAllText(Path.Combine(root.Path, "data"), "a file");

        Assert.Throws<IOException>(() => Open("data").Create());
    }

    public void Dispose() => root.Dispose();

    private StorageFolder Open(string directory) =>
        new(Options.Create(new StorageOptions { Directory = directory }), new Root(root.Path));

    private sealed class Root(string path) : IHostEnvironment
    {
        public string ApplicationName { get; set; } = "PostmanDashboard";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

        public string ContentRootPath { get; set; } = path;

        public string EnvironmentName { get; set; } = "Production";
    }
}
