using System.Text.Json;
using Json.Schema;

namespace DataGen.Definition.Schemas;

/// <summary>The keywords <c>minLength</c> and <c>maxLength</c>, which count code points (RFC 8259). The package's own
/// handlers count what a reader sees as one character.</summary>
internal sealed class TextLength(bool isMost) : IKeywordHandler
{
    public string Name => isMost ? "maxLength" : "minLength";

    public object? ValidateKeywordValue(JsonElement value) => value.GetUInt32();

    public void BuildSubschemas(KeywordData keyword, BuildContext context) { }

    public KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context)
    {
        if (context.Instance.ValueKind != JsonValueKind.String)
        {
            return KeywordEvaluation.Ignore;
        }

        var bound = (uint)keyword.Value!;
        var length = context.Instance.GetString()!.EnumerateRunes().Count();
        var isValid = isMost ? length <= bound : length >= bound;
        return new KeywordEvaluation
        {
            Keyword = Name,
            IsValid = isValid,
            Error = isValid
                ? null
                : $"has {length} characters, and should have at {(isMost ? "most" : "least")} {bound}",
        };
    }
}
