using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace DataGen.Tasks.Cluster;

/// <summary>Which cluster of Tasks processes this one is part of, when there is a Redis.</summary>
internal sealed partial record ClusterSettings : IValidatableObject
{
    /// <summary>Tells apart clusters that share a Redis.</summary>
    [ConfigurationKeyName("DATAGEN_CLUSTER")]
    public string Name
    {
        get;
        init => field = value.Trim();
    } = "datagen";

    /// <summary>Where the others reach this process; null: at the address it uses toward Redis.</summary>
    [ConfigurationKeyName("DATAGEN_SILO_ADDRESS")]
    public string? SiloAddress { get; init; }

    public IPAddress? Address => IPAddress.TryParse(SiloAddress?.Trim(), out var address) ? address : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        SiloAddress is null || Address is not null
            ? []
            : [new($"'{SiloAddress}' is not an IP address.", [nameof(SiloAddress)])];

    [OptionsValidator]
    public sealed partial class Validator : IValidateOptions<ClusterSettings>;
}
