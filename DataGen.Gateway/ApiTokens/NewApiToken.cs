namespace DataGen.Gateway.ApiTokens;

/// <summary>A token to be made.</summary>
/// <param name="Name">What its owner calls it: 1 to 100 characters.</param>
internal sealed record NewApiToken(string? Name);
