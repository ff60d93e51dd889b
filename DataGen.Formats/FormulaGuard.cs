using System.Text.RegularExpressions;

namespace DataGen.Formats;

/// <summary>
/// Turns a field that a spreadsheet would take for a formula into text, with a <c>'</c> before it (OWASP, "CSV
/// Injection"). A spreadsheet that splits at another character than the comma ends a quoted field early and begins
/// cells inside it, so the places after such characters are guarded too. CsvHelper's own guard checks only the first
/// character.
/// </summary>
internal static partial class FormulaGuard
{
    /// <summary>The field, with a <c>'</c> wherever a cell may begin with a formula; a field that is a number stays as
    /// it is.</summary>
    public static string Apply(string field) =>
        field.Length == 0 || Number().IsMatch(field) ? field : Formula().Replace(field, "'");

    [GeneratedRegex(@"\A[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    // Matches the empty place at the start, or after a separator, before a formula that blanks and quotes may precede;
    // a tab or a line break at the start counts as a formula too.
    [GeneratedRegex(
        @"(?:\A(?=[\t\r\n])|(?<=\A|[;|\t\r\n])(?=[\p{Z}\p{C}""-[\t\r\n]]*[=+\-@＝＋－＠﹦﹢﹣﹫]))",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Formula();
}
