using System.Diagnostics;
using System.Globalization;

namespace DataGen.Tests.Support;

/// <summary>Measures time limits on a machine that has other work to do.</summary>
/// <remarks>Linux counts the time in which a thread that could run waited for a processor. A limit does not include it:
/// it is exact on an idle machine, and a busy one does not exceed it.</remarks>
internal sealed class UncontendedStopwatch
{
    private const string Pressure = "/proc/pressure/cpu";

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly TimeSpan contendedBefore = ReadContended();

    /// <summary>The time since the start.</summary>
    public TimeSpan Elapsed => watch.Elapsed;

    /// <summary>The part of it in which a thread waited for a processor.</summary>
    public TimeSpan Contended => ReadContended() - contendedBefore;

    /// <summary>The rest: what a limit is compared with.</summary>
    public TimeSpan Uncontended => Elapsed - Contended is { Ticks: > 0 } rest ? rest : TimeSpan.Zero;

    /// <summary>Fails when more than <paramref name="seconds"/> have passed in which nothing waited for a
    /// processor.</summary>
    public void AssertWithin(double seconds, string what)
    {
        var (elapsed, contended) = (Elapsed, Contended);
        Assert.True(
            (elapsed - contended).TotalSeconds <= seconds,
            $"{what}: {elapsed.TotalSeconds:0.0} s, of which the machine was busy for {contended.TotalSeconds:0.0} s; the limit is {seconds} s."
        );
    }

    // some avg10=0.12 avg60=0.40 avg300=0.31 total=2317277898 (microseconds)
    private static TimeSpan ReadContended() =>
        File.Exists(Pressure)
        && File.ReadLines(Pressure).FirstOrDefault(line => line.StartsWith("some ", StringComparison.Ordinal))
            is { } line
            ? TimeSpan.FromMicroseconds(long.Parse(line.Split('=')[^1], CultureInfo.InvariantCulture))
            : TimeSpan.Zero;
}
