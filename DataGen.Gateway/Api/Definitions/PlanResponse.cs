namespace DataGen.Gateway.Api.Definitions;

/// <summary>A page of a plan.</summary>
/// <param name="Items">Records in index order, with their values; empty when nothing is drawn.</param>
/// <param name="Total">Records of the task.</param>
internal sealed record PlanResponse(IReadOnlyList<PlannedResponse> Items, int Total);
