using System.ComponentModel.DataAnnotations;

namespace DataGen.Gateway.ApiTokens;

/// <summary>An API token to create.</summary>
/// <param name="Name">What its owner calls it: 1 to 100 characters.</param>
public sealed record NewApiToken(
    [Required(ErrorMessage = "is required."), MaxLength(100, ErrorMessage = "has to have at most {1} characters.")]
        string? Name
);
