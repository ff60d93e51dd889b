namespace DataGen.Gateway.Api.Tasks;

/// <summary>Feedback on a record.</summary>
/// <param name="Liked">Whether it is an example of what is wanted.</param>
internal sealed record NewFeedback(bool? Liked);
