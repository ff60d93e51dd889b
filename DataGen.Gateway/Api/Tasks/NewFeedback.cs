namespace DataGen.Gateway.Api.Tasks;

/// <summary>What somebody thinks of a record.</summary>
/// <param name="Liked">Whether it is an example of what is wanted.</param>
internal sealed record NewFeedback(bool? Liked);
