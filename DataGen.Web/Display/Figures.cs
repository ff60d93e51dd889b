using System.Globalization;

namespace DataGen.Web.Display;

/// <summary>How numbers and spans of time are written; <c>js/format.js</c> writes them the same way.</summary>
internal static class Figures
{
    /// <summary>1234 → <c>1,234</c>.</summary>
    internal static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>For narrow places: 1,234,567 → <c>1,234,567</c>, 12,345,678 → <c>12.3M</c>.</summary>
    internal static string Tile(long value) => value < 10_000_000 ? Number(value) : Short(value);

    /// <summary>Three digits or so: <c>940</c>, <c>12.3k</c>, <c>456k</c>, <c>1.2M</c>. Cut, never rounded
    /// up.</summary>
    internal static string Short(long value) =>
        value switch
        {
            < 1000 => Number(value),
            < 1_000_000 => Cut(value, 1000, "k"),
            < 1_000_000_000 => Cut(value, 1_000_000, "M"),
            _ => Cut(value, 1_000_000_000, "G"),
        };

    /// <summary>Bytes: <c>940 B</c>, <c>12.3 kB</c>, <c>456 MB</c>.</summary>
    internal static string Size(long bytes) =>
        bytes switch
        {
            < 1000 => $"{bytes} B",
            < 1_000_000 => Cut(bytes, 1000, " kB"),
            < 1_000_000_000 => Cut(bytes, 1_000_000, " MB"),
            _ => Cut(bytes, 1_000_000_000, " GB"),
        };

    /// <summary>Records per second: <c>0.42/s</c>, <c>12.4/s</c>, <c>130/s</c>.</summary>
    internal static string Rate(double perSecond) =>
        perSecond switch
        {
            >= 100 => string.Create(CultureInfo.InvariantCulture, $"{perSecond:N0}/s"),
            >= 10 => string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.0}/s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.00}/s"),
        };

    /// <summary><c>0.4 s</c>, <c>42 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>, <c>3 d 4 h</c>.</summary>
    internal static string Span(TimeSpan span)
    {
        if (span < TimeSpan.FromSeconds(10))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalSeconds):0.0} s");
        }

        return span switch
        {
            { TotalMinutes: < 1 } => $"{span.Seconds} s",
            { TotalHours: < 1 } => $"{span.Minutes} min {span.Seconds} s",
            { TotalDays: < 1 } => $"{span.Hours} h {span.Minutes} min",
            _ => $"{(int)span.TotalDays} d {span.Hours} h",
        };
    }

    /// <summary>What one record took: <c>45 ms</c>, then as any span of time.</summary>
    internal static string Took(long milliseconds) =>
        milliseconds < 100 ? $"{Math.Max(0, milliseconds)} ms" : Span(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>An estimate has no tenths of a second, and a long one no seconds.</summary>
    internal static string TimeLeft(double seconds) =>
        seconds switch
        {
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Ceiling(seconds))} s"),
            >= 600 and < 3600 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60)} min"),
            _ => Span(TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2))),
        };

    /// <summary>A whole percentage that says 100 only when everything is done.</summary>
    internal static int Percent(long part, long whole) => whole <= 0 ? 0 : (int)(part * 100 / whole);

    /// <summary>A measured number with four digits or so: <c>0.00123</c>, <c>41.27</c>, <c>12,346</c>.</summary>
    internal static string Measured(double value) =>
        Math.Abs(value) switch
        {
            >= 1e15 => value.ToString("0.###E0", CultureInfo.InvariantCulture),
            >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
            >= 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
            >= 0.1 or 0 => value.ToString("0.##", CultureInfo.InvariantCulture),
            _ => value.ToString("G3", CultureInfo.InvariantCulture),
        };

    /// <summary>Money of no named currency: <c>1,234.50</c>, <c>0.0034</c>, <c>0</c>.</summary>
    internal static string Cost(double value) =>
        value switch
        {
            >= 1 => value.ToString("N2", CultureInfo.InvariantCulture),
            // Two digits that count, without an exponent.
            >= 0.000001 => decimal.Parse(
                    value.ToString("G2", CultureInfo.InvariantCulture),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture
                )
                .ToString("0.#######", CultureInfo.InvariantCulture),
            _ => "0",
        };

    /// <summary>A share of one as a percentage: 0.1234 → <c>12.3 %</c>.</summary>
    internal static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");

    /// <summary>A number in a picture.</summary>
    internal static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Cut(long value, long unit, string name) =>
        value >= 100 * unit
            ? string.Create(CultureInfo.InvariantCulture, $"{value / unit}{name}")
            : string.Create(CultureInfo.InvariantCulture, $"{value / (unit / 10) / 10.0:0.0}{name}");
}
