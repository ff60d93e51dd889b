using DataGen.Gateway.Api.Tasks;

namespace DataGen.Gateway.Api.Previews;

/// <summary>A few records to make and show.</summary>
/// <param name="Definition">The body that <c>POST /api/tasks</c> would get.</param>
/// <param name="Records">Records to make, 1 to 10; 5 when left out.</param>
internal sealed record NewPreview(NewTask? Definition, int? Records = null);
