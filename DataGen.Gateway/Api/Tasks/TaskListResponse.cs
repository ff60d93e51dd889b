namespace DataGen.Gateway.Api.Tasks;

/// <summary>A page of tasks, newest first.</summary>
/// <param name="Items">The tasks.</param>
/// <param name="Total">How many tasks there are of those asked for, on all pages together.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> to get the next page; left out on the last one.</param>
internal sealed record TaskListResponse(IReadOnlyList<TaskResponse> Items, int Total, string? NextCursor = null);
