namespace DataGen.Gateway.Api.Tasks;

/// <summary>A page of tasks, newest first.</summary>
/// <param name="Items">The tasks.</param>
/// <param name="Total">How many tasks match, on all pages together.</param>
/// <param name="NextCursor">The value of <c>cursor</c> for the next page; left out on the last page.</param>
internal sealed record TaskListResponse(IReadOnlyList<TaskResponse> Items, int Total, string? NextCursor = null);
