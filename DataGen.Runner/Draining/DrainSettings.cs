using System.ComponentModel.DataAnnotations;
using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace DataGen.Runner.Draining;

/// <summary>How long calls in flight may take to end. A container usually gets ten seconds to stop; the default is less
/// than that.</summary>
internal sealed partial record DrainSettings
{
    [ConfigurationKeyName("DATAGEN_DRAIN_SECONDS"), Range(0, 25, ErrorMessage = InvalidSetting.WholeNumber)]
    public int Seconds { get; init; } = 8;

    public TimeSpan Limit => TimeSpan.FromSeconds(Seconds);

    [OptionsValidator]
    public sealed partial class Validator : IValidateOptions<DrainSettings>;
}
