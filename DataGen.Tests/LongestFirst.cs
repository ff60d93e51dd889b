using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(DataGen.Tests.LongestFirst))]

namespace DataGen.Tests;

/// <summary>Collections that take minutes start before those that take seconds: none of them runs alone at the
/// end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // A class that is in no collection has one of its own, which is named after it.
    private static readonly string[] Long =
    [
        Browser.BrowserCollectionDefinition.Name,
        "DataGen.Tests.Reliability.KillTests",
        "DataGen.Tests.Standalone.",
        "DataGen.Tests.Aspire.",
        "DataGen.Tests.Reliability.",
        "DataGen.Tests.Tasks.CrashTests",
        "DataGen.Tests.Explorer.",
        "DataGen.Tests.Gateway.UserRecordTests",
        "DataGen.Tests.Definition.DefinitionExamplesTests",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Rank)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var rank = Array.FindIndex(
            Long,
            name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)
        );
        return rank < 0 ? Long.Length : rank;
    }
}
