using System.ComponentModel.DataAnnotations;

namespace DataGen.Gateway.ApiTokens;

/// <summary>An API token to create.</summary>
public sealed record NewApiToken
{
    /// <summary>What its owner calls it: 1 to 100 characters, blanks around it not counted.</summary>
    [Required(ErrorMessage = "is required."), MaxLength(100, ErrorMessage = "has to have at most {1} characters.")]
    public string? Name
    {
        get;
        init => field = value?.Trim();
    }
}
