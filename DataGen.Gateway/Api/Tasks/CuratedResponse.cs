namespace DataGen.Gateway.Api.Tasks;

/// <summary>How many records people have changed.</summary>
/// <param name="Edited">Records that were changed after they were generated.</param>
/// <param name="Removed">Records that are left out of the dataset.</param>
/// <param name="Liked">Records that are liked.</param>
internal sealed record CuratedResponse(int Edited, int Removed, int Liked);
