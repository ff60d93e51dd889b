using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;

namespace DataGen.Definition.Schemas;

/// <summary>The keyword <c>pattern</c>, matched in linear time. The package's own handler backtracks, and
/// <c>^(a+)+$</c> hangs it.</summary>
internal sealed class SafePattern : IKeywordHandler
{
    public string Name => "pattern";

    /// <summary>Compiles the pattern.</summary>
    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    /// <exception cref="NotSupportedException">The pattern has lookaround or backreferences, which take more than
    /// linear time.</exception>
    public static Regex Compile(string pattern) =>
        new(AsEcmaScript(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    // Rewrites what .NET reads differently from JSON Schema (ECMA-262): there $ is only the very end, not also the
    // place before a last line break, and \d and \w are ASCII.
    private static string AsEcmaScript(string pattern)
    {
        var text = new StringBuilder();
        var isInClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var isEscape = pattern[at] == '\\' && at + 1 < pattern.Length;
            var unit = isEscape ? pattern.Substring(at++, 2) : pattern[at].ToString();
            isInClass = unit switch
            {
                "[" => true,
                "]" => false,
                _ => isInClass,
            };
            text.Append(
                (unit, isInClass) switch
                {
                    ("$", false) => "\\z",
                    ("\\d", false) => "[0-9]",
                    ("\\d", true) => "0-9",
                    ("\\w", false) => "[A-Za-z0-9_]",
                    ("\\w", true) => "A-Za-z0-9_",
                    ("\\D", false) => "[^0-9]",
                    ("\\W", false) => "[^A-Za-z0-9_]",
                    _ => unit,
                }
            );
        }

        return text.ToString();
    }

    public object? ValidateKeywordValue(JsonElement value) => Compile(value.GetString()!);

    public void BuildSubschemas(KeywordData keyword, BuildContext context) { }

    public KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context)
    {
        if (context.Instance.ValueKind != JsonValueKind.String)
        {
            return KeywordEvaluation.Ignore;
        }

        var pattern = (Regex)keyword.Value!;
        var isValid = pattern.IsMatch(context.Instance.GetString()!);
        return new KeywordEvaluation
        {
            Keyword = Name,
            IsValid = isValid,
            Error = isValid ? null : $"does not match the pattern {pattern}",
        };
    }
}
