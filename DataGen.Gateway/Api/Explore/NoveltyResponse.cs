namespace DataGen.Gateway.Api.Explore;

/// <summary>How many of the records of a stretch are new.</summary>
/// <param name="From">The lowest index that is in it.</param>
/// <param name="Records">Records in it.</param>
/// <param name="Fresh">Those of them that equal none of a lower index.</param>
internal sealed record NoveltyResponse(int From, int Records, int Fresh);
