using System.Runtime.Versioning;
using DataGen.Tests.Support;

namespace DataGen.Tests.Mock;

[UnsupportedOSPlatform("windows")]
public sealed class DataFolderTests
{
    [Fact]
    public async Task What_the_mock_keeps_is_for_its_owner_alone_also_where_the_folder_was_there()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(
            folder.Path,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.OtherRead
                | UnixFileMode.OtherExecute
        );
        await using var mock = await RunningMock.StartAsync(("DATAGEN_DATA_DIR", folder.Path));

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(folder.Path)
        );
        Assert.True(File.Exists(Path.Combine(folder.Path, "mock.db")));
    }
}
