using DataGen.Tests.Support;

namespace DataGen.Tests.House;

/// <summary>The layout of comments, which CSharpier leaves as they are.</summary>
public sealed class LineTests
{
    private const int Widest = 120;

    private static readonly string[] Generated = ["bin", "obj", "artifacts", "node_modules"];

    [Fact]
    public void A_comment_is_not_wider_than_120_columns_unless_it_shows_data()
    {
        var files = Directory
            .EnumerateFiles(DotnetProcess.Root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(DotnetProcess.Root, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(Generated).Any())
            .ToArray();
        Assert.Contains(Path.Combine("DataGen.Tasks", "Program.cs"), files);
        var tooWide =
            from file in files
            from line in File.ReadLines(Path.Combine(DotnetProcess.Root, file)).Index()
            where line.Item.Length > Widest && line.Item.TrimStart().StartsWith("//", StringComparison.Ordinal)
            where !line.Item.Contains('{')
            select $"{file}:{line.Index + 1}";
        Assert.Empty(tooWide);
    }
}
