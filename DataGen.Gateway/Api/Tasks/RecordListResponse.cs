namespace DataGen.Gateway.Api.Tasks;

/// <summary>A page of the records that have ended, in the order asked for.</summary>
/// <param name="Items">The records.</param>
/// <param name="Total">How many records have ended in all.</param>
internal sealed record RecordListResponse(IReadOnlyList<RecordResponse> Items, int Total);
