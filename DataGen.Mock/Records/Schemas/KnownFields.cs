using DataGen.Mock.Records.Drafting;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Joins what a schema and a description say about the same field.</summary>
internal static class KnownFields
{
    /// <summary>What is known about a property: its name, what its description says, what the prompt says about a field
    /// of that name.</summary>
    public static FieldSpec Find(
        string name,
        SchemaNode node,
        string owner,
        IReadOnlyList<FieldSpec> known,
        out IReadOnlyList<FieldSpec> children
    )
    {
        var words = Words.Of(name);
        var named =
            known.FirstOrDefault(other => other.Key == name) ?? known.FirstOrDefault(other => other.Words == words);
        children = named?.Children is { Count: > 0 } own ? own : known;
        if (named is not null && node.Text("description") is null)
        {
            return named with { Key = name, Children = [], IsList = false };
        }

        var said = node.Text("description") ?? node.Text("title") ?? "";
        var full = Vocabulary.Instance.Kind(words) is null && said.Length > 0 ? $"{words} {Words.Of(said)}" : words;
        var field = FieldQualifier.Apply(said, new FieldSpec(name, FieldReader.OwnedWords(owner, full)), words) with
        {
            IsList = false,
            Type = null,
        };
        return named is null
            ? field
            : field with
            {
                Min = named.Min ?? field.Min,
                Max = named.Max ?? field.Max,
                Decimals = Math.Max(named.Decimals, field.Decimals),
                Choices = named.Choices.Count > 0 ? named.Choices : field.Choices,
                Weights = named.Weights,
                Share = named.Share ?? field.Share,
                Domain = named.Domain ?? field.Domain,
                Unit = named.Unit ?? field.Unit,
                MinItems = named.MinItems ?? field.MinItems,
                MaxItems = named.MaxItems ?? field.MaxItems,
                MinWords = named.MinWords ?? field.MinWords,
                MaxWords = named.MaxWords ?? field.MaxWords,
                MinSentences = named.MinSentences ?? field.MinSentences,
                MaxSentences = named.MaxSentences ?? field.MaxSentences,
                From = named.From ?? field.From,
                To = named.To ?? field.To,
            };
    }
}
