using System.Text.Json;
using DataGen.Definition.Schemas;

namespace DataGen.Definition.Reading;

/// <summary>Reads <c>examples</c>: example records.</summary>
internal static class ExampleReader
{
    private const int MostExamples = 20;
    private const int Longest = 16_000;

    public static IReadOnlyList<JsonElement> Read(DefinitionNode definition, RecordSchema? schema)
    {
        if (definition.Member("examples") is not { } node || !node.IsList())
        {
            return [];
        }

        if (node.Element.GetArrayLength() > MostExamples)
        {
            node.Fail($"has {node.Element.GetArrayLength()} entries; {MostExamples} are the most.");
            return [];
        }

        if (node.Element.GetRawText().Length > Longest)
        {
            node.Fail($"has {node.Element.GetRawText().Length} characters; {Longest} are the most.");
            return [];
        }

        var read = new List<JsonElement>();
        foreach (var item in node.Items())
        {
            if (!item.IsObject())
            {
                continue;
            }

            if (schema?.Check(item.Element) is [var violation, ..])
            {
                item.Fail(
                    $"is not valid under the schema: {(violation.Place.Length == 0 ? "it" : violation.Place)}: {violation.Message}."
                );
            }

            read.Add(item.Element.Clone());
        }

        return read;
    }
}
