namespace DataGen.Ratio1.R1fs;

/// <summary>The result of deleting files.</summary>
/// <param name="Deleted">The CIDs that the node has deleted.</param>
/// <param name="Failed">The CIDs that the node could not delete.</param>
public sealed record R1fsDeletion(IReadOnlyList<string> Deleted, IReadOnlyList<string> Failed);
