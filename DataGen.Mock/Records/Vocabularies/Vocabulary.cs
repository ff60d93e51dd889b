using System.Globalization;
using System.Text.RegularExpressions;

namespace DataGen.Mock.Records.Vocabularies;

/// <summary>What the mock knows about the world: the text files in <c>Records/Data</c>, read once.</summary>
internal sealed class Vocabulary
{
    private static readonly Lazy<Vocabulary> Loaded = new(() => new Vocabulary());
    private readonly Dictionary<string, string[]> lists;
    private readonly Dictionary<string, string> translations;

    private Vocabulary()
    {
        lists = Lines("lists")
            .Select(line => line.Split(" = ", 2))
            .ToDictionary(parts => parts[0].Trim(), parts => Cells(parts[1]), StringComparer.Ordinal);
        translations = Lines("translations")
            .Select(line => line.Split(" = ", 2))
            .SelectMany(parts => Cells(parts[1]).Select(word => (word, English: parts[0])))
            .ToDictionary(pair => pair.word, pair => pair.English, StringComparer.Ordinal);
        Kinds =
        [
            .. Lines("fields")
                .Select(line => line.Split(" :: ", 2))
                .Select(parts =>
                {
                    var source = parts[0].Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
                    return new FieldKind(Named(parts[1]), source[0], source[1..]);
                }),
        ];
        Places = [.. Lines("places").Select(ReadPlace)];
        Topics = [.. ReadTopics()];
    }

    public static Vocabulary Instance => Loaded.Value;

    public IReadOnlyList<FieldKind> Kinds { get; }

    public IReadOnlyList<Place> Places { get; }

    public IReadOnlyList<Topic> Topics { get; }

    /// <summary>The kind of a field by the words of its name and its unit, or null.</summary>
    public FieldKind? Kind(string words, string? unit = null)
    {
        var name = words.Length > 160 ? words[..160] : words;
        var withUnit = $"{name} [{unit}]";
        foreach (var kind in Kinds)
        {
            // Patterns that name a unit look at the name with its unit, others at the name alone.
            if (kind.Names.IsMatch(kind.Names.ToString().Contains(@"\[", StringComparison.Ordinal) ? withUnit : name))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>A list in a language, or else in English.</summary>
    public string[] List(string name, string language) => FindList(name, language) ?? lists[name];

    /// <summary>A list in exactly this language, or null.</summary>
    public string[]? FindList(string name, string language) => lists.GetValueOrDefault($"{name}.{language}");

    /// <summary>The English words for a field's name in another language, or null.</summary>
    public string? Translate(string words) => translations.GetValueOrDefault(words);

    /// <summary>Whole words, unless the pattern anchors itself.</summary>
    private static Regex Named(string pattern) =>
        new(
            $@"\b(?:{pattern})",
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
        );

    /// <summary><c>de | de | Deutschland | DE | Köln | …</c></summary>
    private static Place ReadPlace(string line)
    {
        var cells = Cells(line);
        return new Place(
            cells[0],
            cells[1],
            cells[2],
            cells[3],
            cells[4],
            cells[5],
            cells[6],
            cells[7],
            cells[8],
            cells[9],
            cells[10],
            double.Parse(cells[11], CultureInfo.InvariantCulture),
            double.Parse(cells[12], CultureInfo.InvariantCulture)
        );
    }

    /// <summary>
    /// A topic is <c>= name language wider-topic | words | fields</c>, a line <c>: columns</c>, its rows, and lines
    /// <c>+ sentence</c> that lengthen its prose.
    /// </summary>
    private static IEnumerable<Topic> ReadTopics()
    {
        string[] head = [];
        List<Column> columns = [];
        List<string[]> rows = [];
        List<string> more = [];
        foreach (var line in Lines("topics").Append("= end en | ^$ | "))
        {
            switch (line[0])
            {
                case '=':
                    if (rows.Count > 0)
                    {
                        var name = head[0].Split(' ');
                        yield return new Topic(
                            name[0],
                            name[1],
                            name.ElementAtOrDefault(2),
                            Spoken(head[1], name[1]),
                            head[2],
                            columns,
                            rows,
                            more
                        );
                    }

                    (head, columns, rows, more) = (Cells(line[1..]), [], [], []);
                    break;
                case ':':
                    columns = [.. Cells(line[1..]).Select(ReadColumn)];
                    break;
                case '+':
                    more.Add(line[1..].Trim());
                    break;
                default:
                    var cells = Cells(line);
                    rows.Add(
                        cells.Length == columns.Count
                            ? cells
                            : throw new FormatException(
                                $"A row of the topic {head[0]} has {cells.Length} cells: {line}"
                            )
                    );
                    break;
            }
        }
    }

    private static Regex Spoken(string words, string language) =>
        new(
            // Chinese and Japanese do not part words, and Arabic writes the article before them.
            language is "zh" or "ja" or "ar"
                ? words
                : $@"\b(?:{words})\b",
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
        );

    /// <summary><c>*text/description</c> is prose, <c>tags[]</c> a list.</summary>
    private static Column ReadColumn(string text)
    {
        var names = text.Trim('*', '[', ']').Split('/');
        return new Column(
            names[0],
            new Regex($"^(?:{string.Join('|', names)})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture),
            text[0] is '*',
            text[^1] is ']'
        );
    }

    private static string[] Cells(string line) => [.. $"{line} ".Split(" | ").Select(cell => cell.Trim())];

    private static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(Vocabulary).Assembly.GetManifestResourceStream(
            $"DataGen.Mock.Records.Data.{name}.txt"
        )!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] is not '#')
            {
                yield return line;
            }
        }
    }
}
