using System.Buffers;
using System.Text.RegularExpressions;

namespace DataGen.Tasks.Export;

/// <summary>
/// Makes a field that a spreadsheet would take for a formula into text, by a <c>'</c> before it (OWASP, "CSV
/// Injection"). CsvHelper's own guard knows
/// numbers only by their .NET type and would write <c>-5</c> as <c>'-5</c>, or 1.50 as 1.5.
/// </summary>
internal static partial class FormulaGuard
{
    private static readonly SearchValues<char> Suspicious = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    /// <summary>The field, with a <c>'</c> before it unless it is harmless.</summary>
    public static string Apply(string field) =>
        field.Length > 0 && Suspicious.Contains(field[0]) && !Number().IsMatch(field) ? $"'{field}" : field;

    [GeneratedRegex(@"\A[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
