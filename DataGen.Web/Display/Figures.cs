using System.Globalization;

namespace DataGen.Web.Display;

/// <summary>How numbers and spans of time are written; <c>js/format.js</c> writes them the same way.</summary>
internal static class Figures
{
    /// <summary>1234 → <c>1,234</c>.</summary>
    internal static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Records per second: <c>0.42/s</c>, <c>12.4/s</c>, <c>130/s</c>.</summary>
    internal static string Rate(double perSecond) => perSecond switch
    {
        >= 100 => $"{perSecond:N0}/s",
        >= 10 => $"{perSecond:0.0}/s",
        _ => $"{perSecond:0.00}/s",
    };

    /// <summary><c>0.4 s</c>, <c>42 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>, <c>3 d 4 h</c>.</summary>
    internal static string Span(TimeSpan span)
    {
        if (span < TimeSpan.FromSeconds(10))
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalSeconds):0.0} s");

        return span switch
        {
            { TotalMinutes: < 1 } => $"{span.Seconds} s",
            { TotalHours: < 1 } => $"{span.Minutes} min {span.Seconds} s",
            { TotalDays: < 1 } => $"{span.Hours} h {span.Minutes} min",
            _ => $"{(int)span.TotalDays} d {span.Hours} h",
        };
    }

    /// <summary>A whole percentage that says 100 only when everything is done.</summary>
    internal static int Percent(long part, long whole) => whole <= 0 ? 0 : (int)(part * 100 / whole);
}
