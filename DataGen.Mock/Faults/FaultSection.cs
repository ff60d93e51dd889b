namespace DataGen.Mock.Faults;

/// <summary>The switches of one service.</summary>
internal abstract class FaultSection(string name, TimeProvider clock)
{
    private readonly List<Fault> faults = [];

    public string Name => name;

    public string SettingPrefix { get; } = $"MOCK_{name.ToUpperInvariant()}_";

    public IReadOnlyList<Fault> Faults => faults;

    /// <summary>The share of calls that are hit, 0 to 1.</summary>
    protected Fault<double> Rate(string faultName) => Add(faultName, NumberKind.Rate, 0d);

    protected Fault<double> Milliseconds(string faultName, double start = 0) =>
        Add(faultName, NumberKind.Milliseconds, start);

    protected Fault<double> Count(string faultName, double start = 0) => Add(faultName, NumberKind.Count, start);

    protected Fault<bool> Flag(string faultName, bool start = false) => Add(faultName, FlagKind.Instance, start);

    /// <summary>One of some words; the first is the value at start.</summary>
    protected Fault<string> Choice(string faultName, params string[] choices) =>
        Add(faultName, new ChoiceKind(choices), choices[0]);

    protected Fault<string> Text(string faultName, bool secret = false) => Add(faultName, new TextKind(secret), "");

    /// <summary>Whether the service answers at all: <c>none</c>, <c>503</c>, or <c>abort</c> (the connection is
    /// cut).</summary>
    protected Fault<string> DownChoice() => Choice("down", "none", "503", "abort");

    private Fault<T> Add<T>(string faultName, FaultKind<T> kind, T start)
    {
        var fault = new Fault<T>(name, faultName, kind, start, clock);
        faults.Add(fault);
        return fault;
    }
}
