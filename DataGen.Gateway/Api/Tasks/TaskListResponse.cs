namespace DataGen.Gateway.Api.Tasks;

/// <summary>A page of tasks, newest first.</summary>
/// <param name="Items">The tasks.</param>
/// <param name="NextCursor">Where the next page begins; left out on the last one.</param>
internal sealed record TaskListResponse(IReadOnlyList<TaskResponse> Items, string? NextCursor = null);
