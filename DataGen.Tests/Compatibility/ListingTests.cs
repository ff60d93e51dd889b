namespace DataGen.Tests.Compatibility;

/// <summary>
/// Services of two versions work in one cluster while it is upgraded, and what one has stored the other reads. So what
/// they agree on is only added to. The listings beside this file say what versions have agreed on so far.
/// </summary>
public sealed class ListingTests
{
    [Fact]
    public Task What_travels_between_services_is_only_added_to() => AssertOnlyAddedToAsync("protos", Listings.Protos());

    [Fact]
    public Task What_travels_between_Tasks_processes_is_only_added_to() =>
        AssertOnlyAddedToAsync("grains", Listings.Grains());

    [Fact]
    public Task What_is_stored_is_only_added_to() => AssertOnlyAddedToAsync("stored", Listings.Stored());

    private static async Task AssertOnlyAddedToAsync(string listing, IEnumerable<string> facts)
    {
        var now = facts.Distinct().Order(StringComparer.Ordinal).ToArray();
        await using var file = typeof(ListingTests).Assembly.GetManifestResourceStream($"Compatibility/{listing}.txt")!;
        using var reader = new StreamReader(file);
        var known = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet();
        var gone = known.Except(now).ToArray();
        Assert.True(
            gone.Length == 0,
            $"A process of the previous version needs these. Add something new beside them instead:\n{string.Join('\n', gone)}"
        );
        var added = now.Except(known).ToArray();
        Assert.True(
            added.Length == 0,
            $"From now on these stay as they are. Add them to DataGen.Tests/Compatibility/{listing}.txt:\n{string.Join('\n', added)}"
        );
    }
}
