using System.ComponentModel.DataAnnotations;

namespace DataGen.Gateway.ApiTokens;

/// <summary>An API token to create.</summary>
public sealed record NewApiToken
{
    /// <summary>The name that its owner gives it: 1 to 100 characters, not counting blanks around it.</summary>
    [Required(ErrorMessage = "is required."), MaxLength(100, ErrorMessage = "has to have at most {1} characters.")]
    public string? Name
    {
        get;
        init => field = value?.Trim();
    }
}
