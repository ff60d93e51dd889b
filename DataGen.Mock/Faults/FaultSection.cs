using System.Globalization;

namespace DataGen.Mock.Faults;

/// <summary>The switches of one service, in the order they are made.</summary>
internal sealed class FaultSection(string name, TimeProvider clock)
{
    private readonly List<Fault> faults = [];

    public string Name => name;

    public IReadOnlyList<Fault> Faults => faults;

    /// <summary>The share of calls that are hit, 0 to 1; <c>true</c> is 1.</summary>
    public Fault<double> Rate(string fault) => Number(fault, 0, 1, isWhole: false);

    public Fault<double> Milliseconds(string fault, double start = 0) =>
        Number(fault, start, 3_600_000, isWhole: false);

    public Fault<double> Count(string fault, double start = 0) => Number(fault, start, 1_000_000_000, isWhole: true);

    public Fault<bool> Flag(string fault, bool start = false) =>
        Add<bool>(
            fault,
            start,
            (text, given) =>
                text is "0" or "1" ? (text is "1", null)
                : bool.TryParse(text, out var flag) ? (flag, null)
                : (false, $"{given} is neither true nor false.")
        );

    /// <summary>One of some words; the first is the value at start.</summary>
    public Fault<string> Choice(string fault, params string[] choices) =>
        Add<string>(
            fault,
            choices[0],
            (text, given) =>
                choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } choice
                    ? (choice, null)
                    : ("", $"{given} is none of {string.Join(", ", choices)}.")
        );

    /// <summary>Whether the service answers at all: <c>none</c>, <c>503</c>, or <c>abort</c> (the connection is
    /// cut).</summary>
    public Fault<string> Down() => Choice("down", "none", "503", "abort");

    /// <summary>Any text; empty is off. A secret one is never shown again.</summary>
    public Fault<string> Text(string fault, bool isSecret = false) =>
        Add<string>(
            fault,
            "",
            (text, given) =>
                (text, isSecret && text is Fault.Hidden ? $"{given} only stands for the value; leave it out." : null),
            isSecret
        );

    private Fault<double> Number(string fault, double start, double most, bool isWhole) =>
        Add<double>(
            fault,
            start,
            (text, given) =>
                most is 1 && bool.TryParse(text, out var flag) ? (flag ? 1 : 0, null)
                : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number >= 0
                && number <= most
                && (!isWhole || number == Math.Floor(number))
                    ? (number, null)
                : (0, $"{given} is not a {(isWhole ? "whole number" : "number")} from 0 to {most}.")
        );

    private Fault<T> Add<T>(string faultName, T start, FaultReading<T> read, bool isSecret = false)
    {
        var fault = new Fault<T>(name, faultName, start, read, isSecret, clock);
        faults.Add(fault);
        return fault;
    }
}
