using System.Text.RegularExpressions;

namespace DataGen.Mock.Records.Vocabularies;

/// <summary>What records of one kind hold: a table whose rows are values that belong together.</summary>
/// <param name="Language">The language of its rows.</param>
/// <param name="Refines">The wider topic that this one takes the place of, or null.</param>
/// <param name="Words">The words in a description that speak of the topic.</param>
/// <param name="Fields">The fields of a record when the description names none.</param>
internal sealed record Topic(
    string Name,
    string Language,
    string? Refines,
    Regex Words,
    string Fields,
    IReadOnlyList<Column> Columns,
    IReadOnlyList<string[]> Rows,
    IReadOnlyList<string> More
)
{
    public int Find(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Names.IsMatch(name))
            {
                return i;
            }
        }

        return -1;
    }
}
