using System.Runtime.Versioning;
using DataGen.Standalone;
using DataGen.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DataGen.Tests.Standalone;

/// <summary>What is kept is for its owner's eyes, also where the folder and its files were there before.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DataFolderTests
{
    private const UnixFileMode File644 =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Folder755 =
        File644 | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder700 = File600 | UnixFileMode.UserExecute;

    [Fact]
    public void A_folder_of_ours_is_closed_to_others_with_all_that_is_in_it()
    {
        using var folder = Wide("secrets.json", "mock.db", "mock.db-wal");
        Directory.CreateDirectory(Path.Combine(folder.Path, "mock-files"), Folder755);

        using var opened = Open(folder);

        Assert.Equal(Folder700, File.GetUnixFileMode(folder.Path));
        Assert.Equal(Folder700, File.GetUnixFileMode(Path.Combine(folder.Path, "mock-files")));
        Assert.All(
            Directory.GetFiles(folder.Path).Where(file => Path.GetFileName(file) != "lock"),
            file => Assert.Equal(File600, File.GetUnixFileMode(file))
        );
    }

    [Fact]
    public void What_lies_deeper_is_closed_too_but_for_what_a_link_leads_to()
    {
        using var folder = Wide();
        using var elsewhere = Wide("target");
        var inner = Path.Combine(folder.Path, "mock-files", "inner");
        Directory.CreateDirectory(inner, Folder755);
        var file = Path.Combine(inner, "segment");
        File.WriteAllText(file, "{}");
        File.SetUnixFileMode(file, File644);
        File.CreateSymbolicLink(Path.Combine(inner, "link"), Path.Combine(elsewhere.Path, "target"));

        using var opened = Open(folder);

        Assert.Equal(Folder700, File.GetUnixFileMode(inner));
        Assert.Equal(File600, File.GetUnixFileMode(file));
        Assert.Equal(File644, File.GetUnixFileMode(Path.Combine(elsewhere.Path, "target")));
    }

    [Theory]
    [InlineData("key-1.xml", Folder700)]
    [InlineData("house.key", Folder755)]
    public void A_folder_of_keys_is_ours_when_its_files_are(string file, UnixFileMode expected)
    {
        using var folder = Wide("index.html");
        var keys = Path.Combine(folder.Path, "keys");
        Directory.CreateDirectory(keys, Folder755);
        File.WriteAllText(Path.Combine(keys, file), "");
        var key = Path.Combine(keys, "key-2.xml");
        File.WriteAllText(key, "");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        using var opened = Open(folder);

        Assert.Equal(expected, File.GetUnixFileMode(keys));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
    }

    [Fact]
    public void An_empty_folder_is_closed_to_others()
    {
        using var folder = Wide();

        using var opened = Open(folder);

        Assert.Equal(Folder700, File.GetUnixFileMode(folder.Path));
    }

    [Fact]
    public void A_folder_of_somebody_elses_things_stays_as_it_is()
    {
        using var folder = Wide("index.html");

        using var opened = Open(folder);

        Assert.Equal(Folder755, File.GetUnixFileMode(folder.Path));
        Assert.Equal(File644, File.GetUnixFileMode(Path.Combine(folder.Path, "index.html")));
    }

    [Fact]
    public void A_folder_of_both_stays_open_the_second_time_too()
    {
        using var folder = Wide("index.html", "secrets.json");

        using var opened = Open(folder);

        Assert.Equal(Folder755, File.GetUnixFileMode(folder.Path));
        Assert.Equal(File600, File.GetUnixFileMode(Path.Combine(folder.Path, "secrets.json")));
    }

    [Fact]
    public void A_file_of_ours_that_is_a_link_is_refused_and_its_target_stays_as_it_is()
    {
        using var folder = Wide();
        using var elsewhere = Wide("target");
        var target = Path.Combine(elsewhere.Path, "target");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "mock.db"), target);

        var refused = Assert.Throws<OptionsValidationException>(() => Open(folder));

        Assert.Contains("is a link to elsewhere", refused.Failures.Single(), StringComparison.Ordinal);
        Assert.Equal(File644, File.GetUnixFileMode(target));
    }

    [Theory]
    [InlineData(UnixFileMode.None, "secrets.json")]
    [InlineData(UnixFileMode.StickyBit, "secrets.json")]
    [InlineData(UnixFileMode.StickyBit, "index.html")]
    [InlineData(UnixFileMode.None, "index.html")]
    public void A_folder_that_everybody_writes_in_is_refused_whatever_is_in_it(UnixFileMode sticky, string file)
    {
        using var folder = Wide(file);
        File.SetUnixFileMode(folder.Path, Folder755 | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | sticky);

        var refused = Assert.Throws<OptionsValidationException>(() => Open(folder));

        Assert.Equal(
            $"DATAGEN_DATA_DIR: everybody on this machine can write in '{folder.Path}'. Name a folder for DataGen alone.",
            refused.Failures.Single()
        );
    }

    private static TemporaryFolder Wide(params string[] files)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        File.SetUnixFileMode(folder.Path, Folder755);
        foreach (var name in files)
        {
            var path = Path.Combine(folder.Path, name);
            File.WriteAllText(path, "{}");
            File.SetUnixFileMode(path, File644);
        }

        return folder;
    }

    private static DataFolder Open(TemporaryFolder folder) =>
        DataFolder.Open(
            new ConfigurationBuilder()
                .AddInMemoryCollection([KeyValuePair.Create(DataFolder.SettingName, (string?)folder.Path)])
                .Build()
        );
}
