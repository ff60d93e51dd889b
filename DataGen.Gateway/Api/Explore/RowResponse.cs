using DataGen.Gateway.Api.Tasks;

namespace DataGen.Gateway.Api.Explore;

/// <summary>A record.</summary>
/// <param name="Index">Its index in the task.</param>
/// <param name="Data">The record as the model wrote it, or as it was changed since.</param>
/// <param name="Edited">Whether it was changed since; left out where it was not.</param>
/// <param name="Liked">Whether it is liked; left out where it is not.</param>
internal sealed record RowResponse(int Index, RawJson Data, bool? Edited = null, bool? Liked = null);
