using DataGen.Gateway.Api.Tasks;

namespace DataGen.Gateway.Api.Explore;

/// <summary>A record.</summary>
/// <param name="Index">Its index in the task.</param>
/// <param name="Data">The record as the model wrote it, or as it was changed later.</param>
/// <param name="Edited">True where the record was changed after it was generated; else left out.</param>
/// <param name="Liked">True where the record is liked; else left out.</param>
internal sealed record RowResponse(int Index, RawJson Data, bool? Edited = null, bool? Liked = null);
