using DataGen.Mock.Settings;

namespace DataGen.Mock.Faults;

/// <summary>Every switch of the mock.</summary>
internal sealed class MockFaults
{
    public MockFaults(TimeProvider clock)
    {
        Sections = [new("inference", clock), new("cstore", clock), new("r1fs", clock)];
        Inference = new InferenceFaults(Sections[0]);
        CStore = new CStoreFaults(Sections[1]);
        R1fs = new R1fsFaults(Sections[2]);
        All = [.. Sections.SelectMany(section => section.Faults)];
    }

    public InferenceFaults Inference { get; }

    public CStoreFaults CStore { get; }

    public R1fsFaults R1fs { get; }

    public IReadOnlyList<FaultSection> Sections { get; }

    public IReadOnlyList<Fault> All { get; }

    /// <summary>Gives every switch its value at start. A setting with a switch's prefix that is no switch is a mistake
    /// and said so.</summary>
    public void ReadStart(IConfiguration configuration)
    {
        foreach (var name in configuration.GetChildren().Select(child => child.Key))
        {
            if (
                Sections.Any(section => name.StartsWith($"MOCK_{section.Name}_", StringComparison.OrdinalIgnoreCase))
                && !All.Any(fault => fault.SettingName.Equals(name, StringComparison.OrdinalIgnoreCase))
            )
            {
                throw MockSettingsReader.Bad(name, "is not a setting of the mock; DataGen.Mock/README.md lists them.");
            }
        }

        foreach (var fault in All)
        {
            if (
                MockSettingsReader.Text(configuration, fault.SettingName) is { } text
                && fault.TryStart(text) is { } problem
            )
            {
                throw MockSettingsReader.Bad(fault.SettingName, problem);
            }
        }
    }
}
