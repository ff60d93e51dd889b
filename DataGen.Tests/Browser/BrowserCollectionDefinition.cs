namespace DataGen.Tests.Browser;

/// <summary>The tests in a browser share one running product and follow one another.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollectionDefinition : ICollectionFixture<RunningProduct>
{
    internal const string Name = "browser";
}
