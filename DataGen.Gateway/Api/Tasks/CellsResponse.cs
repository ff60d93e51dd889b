namespace DataGen.Gateway.Api.Tasks;

/// <summary>How many records of each stretch of a large task have ended: its indices cut into at most 1000 cells of
/// equal size.</summary>
/// <param name="Size">Records per cell: cell n holds the indices from n × size on, the last cell as far as the task
/// goes.</param>
/// <param name="Good">Good records of each cell.</param>
/// <param name="Failed">Failed records of each cell.</param>
internal sealed record CellsResponse(int Size, IReadOnlyList<int> Good, IReadOnlyList<int> Failed);
