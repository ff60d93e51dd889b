using System.Runtime.CompilerServices;

namespace DataGen.Tests.Support;

/// <summary>The hosts that tests build do not watch their content root for changed settings: below a shared temporary
/// folder that costs seconds each.</summary>
internal static class NoConfigWatching
{
    [ModuleInitializer]
    internal static void Apply() =>
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
