using System.Text.RegularExpressions;

namespace DataGen.Mock.Records;

/// <summary>Paragraphs in which a prompt says what a record has to be beyond its description: schema, rules, examples.
/// Their words are no topic: every schema has "properties", and no record is about real estate for that.</summary>
internal static partial class Demands
{
    /// <summary>The description without them.</summary>
    public static string Without(string prompt) => Paragraph().Replace(prompt, "");

    [GeneratedRegex(
        @"^(?:The record has to be valid under this JSON Schema:|In every record has to hold:|Examples of such records, none of which may be repeated:).*(?:\n.+)*",
        RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Paragraph();
}
