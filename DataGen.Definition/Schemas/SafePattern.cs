using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;

namespace DataGen.Definition.Schemas;

/// <summary>The keyword <c>pattern</c>, matched in time that is linear in the text: the package's own backtracks, and
/// <c>^(a+)+$</c> hangs it.</summary>
internal sealed class SafePattern : IKeywordHandler
{
    public string Name => "pattern";

    /// <summary>The pattern, ready to match.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It looks around or back, which takes more than linear time.</exception>
    public static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

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
