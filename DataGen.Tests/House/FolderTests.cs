using System.Reflection;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;

namespace DataGen.Tests.House;

/// <summary>The folders of a project form layers: a reader who starts at the lowest folder meets only types already
/// read.</summary>
public sealed class FolderTests
{
    [Theory]
    [InlineData("DataGen.Definition")]
    [InlineData("DataGen.Explorer")]
    [InlineData("DataGen.Formats")]
    [InlineData("DataGen.Gateway")]
    [InlineData("DataGen.Mock")]
    [InlineData("DataGen.Ratio1")]
    [InlineData("DataGen.Runner")]
    [InlineData("DataGen.ServiceDefaults")]
    [InlineData("DataGen.Tasks")]
    [InlineData("DataGen.Web")]
    public void No_two_folders_of_a_project_use_each_other(string project)
    {
        // A constant is copied to where it is used: that is not seen.
        var architecture = new ArchLoader().LoadAssembly(Assembly.Load(project)).Build();
        Assert.Contains(
            architecture.Namespaces,
            folder => folder.FullName.StartsWith($"{project}.", StringComparison.Ordinal)
        );
        var folders = SliceRuleDefinition.Slices().Matching($"{project}.(**)").Should().BeFreeOfCycles();
        var cycles = folders
            .Evaluate(architecture)
            .Where(result => !result.Passed)
            .Select(result => result.Description);
        Assert.Empty(cycles);
    }
}
