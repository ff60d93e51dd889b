using DataGen.Gateway.Api.Tasks;

namespace DataGen.Gateway.Api.Explore;

/// <summary>A report on a dataset in figures.</summary>
/// <param name="Task">The task: what was asked for, what it took, what was rejected.</param>
/// <param name="Profile">The profile of the dataset.</param>
internal sealed record ReportResponse(TaskResponse Task, ProfileResponse Profile);
