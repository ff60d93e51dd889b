namespace DataGen.Gateway.Api.Tasks;

/// <summary>How many records people have touched.</summary>
/// <param name="Edited">Those that were changed since they were generated.</param>
/// <param name="Removed">Those that are left out of the dataset.</param>
/// <param name="Liked">Those that are liked.</param>
internal sealed record CuratedResponse(int Edited, int Removed, int Liked);
