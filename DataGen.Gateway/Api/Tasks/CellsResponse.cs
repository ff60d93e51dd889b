namespace DataGen.Gateway.Api.Tasks;

/// <summary>How many records have ended in each range of a large task: its indices are cut into at most 1000 cells of
/// equal size.</summary>
/// <param name="Size">Records per cell: cell n holds the indices from n × size on; the last cell may be
/// shorter.</param>
/// <param name="Good">Good records of each cell.</param>
/// <param name="Failed">Failed records of each cell.</param>
internal sealed record CellsResponse(int Size, IReadOnlyList<int> Good, IReadOnlyList<int> Failed);
