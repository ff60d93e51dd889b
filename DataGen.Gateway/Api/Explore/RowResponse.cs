using DataGen.Gateway.Api.Tasks;

namespace DataGen.Gateway.Api.Explore;

/// <summary>A record.</summary>
/// <param name="Index">Its index in the task.</param>
/// <param name="Data">The record as the model wrote it.</param>
internal sealed record RowResponse(int Index, RawJson Data);
