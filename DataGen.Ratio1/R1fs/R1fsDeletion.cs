namespace DataGen.Ratio1.R1fs;

/// <summary>What became of files that were to be deleted.</summary>
/// <param name="Deleted">The CIDs the node let go.</param>
/// <param name="Failed">The CIDs it did not.</param>
public sealed record R1fsDeletion(IReadOnlyList<string> Deleted, IReadOnlyList<string> Failed);
