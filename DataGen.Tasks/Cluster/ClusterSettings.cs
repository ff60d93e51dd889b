using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace DataGen.Tasks.Cluster;

/// <summary>The cluster of Tasks processes that this process joins when there is a Redis.</summary>
internal sealed partial record ClusterSettings : IValidatableObject
{
    /// <summary>The cluster's name, which tells it from other clusters in the same Redis.</summary>
    [ConfigurationKeyName("DATAGEN_CLUSTER")]
    public string Name
    {
        get;
        init => field = value.Trim();
    } = "datagen";

    /// <summary>The address at which the other silos reach this process; null: the local address of its connection to
    /// Redis.</summary>
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
