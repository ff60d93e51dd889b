using DataGen.Tests.Support;

namespace DataGen.Tests.House;

/// <summary>The layout of comments, which CSharpier leaves as they are.</summary>
public sealed class LineTests
{
    private const int Widest = 120;

    [Fact]
    public void A_comment_is_not_wider_than_120_columns_unless_it_shows_data()
    {
        var tooWide =
            from file in Directory.EnumerateFiles(DotnetProcess.Root, "*.cs", SearchOption.AllDirectories)
            where !Array.Exists(["bin", "obj", "artifacts", "node_modules"], folder => IsBelow(file, folder))
            from line in File.ReadLines(file).Index()
            where line.Item.Length > Widest && line.Item.TrimStart().StartsWith("//", StringComparison.Ordinal)
            where !line.Item.Contains('{')
            select $"{Path.GetRelativePath(DotnetProcess.Root, file)}:{line.Index + 1}";
        Assert.Empty(tooWide);
    }

    private static bool IsBelow(string file, string folder) =>
        file.Contains($"{Path.DirectorySeparatorChar}{folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
}
