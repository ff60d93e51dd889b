using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DataGen.ServiceDefaults.Identity;

/// <summary>The secret that every signing key is derived from. Not a record, so that no log prints it by
/// accident.</summary>
public sealed partial class IdentitySettings : IValidatableObject
{
    /// <summary>The setting's name.</summary>
    public const string SessionSecretName = "DATAGEN_SESSION_SECRET";

    // HS256 needs a key at least as long as its hash.
    private const int FewestBytes = 32;

    /// <summary>The secret, the same in every service; used untrimmed.</summary>
    [ConfigurationKeyName(SessionSecretName)]
    public string SessionSecret { get; init; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Encoding.UTF8.GetByteCount(SessionSecret) >= FewestBytes
            ? []
            : [new($"must be a random secret of at least {FewestBytes} bytes.", [nameof(SessionSecret)])];

    /// <summary>The validation that the framework's generator writes.</summary>
    [OptionsValidator]
    public sealed partial class Validator : IValidateOptions<IdentitySettings>;
}
