using System.Text.RegularExpressions;
using DataGen.Mock.Records.Drafting;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Values;

/// <summary>Fits running text to the length that was asked for.</summary>
internal static partial class Prose
{
    /// <summary>The sentences of the record's row, lengthened by others of the same topic and mood, or
    /// shortened.</summary>
    public static string Make(RecordContext record, Topic topic, int column, FieldSpec field)
    {
        var text = record.Cell(topic, column);
        if (field is { MinWords: null, MaxWords: null, MinSentences: null, MaxSentences: null })
        {
            return text;
        }

        var chosen = Sentences(text);
        var leastWords = field.MinWords ?? 0;
        var mostWords = field.MaxWords ?? Math.Max(leastWords * 2, int.MaxValue / 2);
        var mostSentences = field.MaxSentences ?? field.MinSentences ?? int.MaxValue;
        var leastSentences = Math.Min((int)record.Draw.Whole(field.MinSentences ?? 1, mostSentences), mostSentences);
        if (mostSentences < int.MaxValue && chosen.Count > leastSentences)
        {
            chosen.RemoveRange(leastSentences, chosen.Count - leastSentences);
        }

        if (field.MaxSentences is null && field.MinSentences is null)
        {
            leastSentences = 0;
        }

        var wanted = (int)record.Draw.Whole(leastWords, Math.Min(mostWords, leastWords * 2));
        var spare = Spare(record, topic, column);
        while (
            spare.Count > 0
            && chosen.Count < mostSentences
            && (chosen.Count < leastSentences || Words.Count(chosen) < wanted)
        )
        {
            var next = (int)record.Draw.Whole(0, spare.Count - 1);
            var more = record.Expand(spare[next]);
            spare.RemoveAt(next);
            if (Words.Count(chosen) + Words.Count(more) <= mostWords)
            {
                chosen.Add(more);
            }
        }

        while (chosen.Count > 1 && Words.Count(chosen) > mostWords)
        {
            chosen.RemoveAt(chosen.Count - 1);
        }

        return Shorten(string.Join(Glue(text), chosen), mostWords);
    }

    /// <summary>As much of a text as stays within a number of words.</summary>
    public static string Shorten(string text, int words)
    {
        var parts = text.Split(' ');
        return parts.Length <= words ? text : $"{string.Join(' ', parts.Take(words)).TrimEnd(',', ';', ':', '.')}.";
    }

    private static List<string> Sentences(string text) =>
        [.. SentenceEnd().Split(text).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0)];

    /// <summary>The sentences that may follow: the topic's own, and those of other rows with the same
    /// sentiment.</summary>
    private static List<string> Spare(RecordContext record, Topic topic, int column)
    {
        if (topic.Find("rating") < 0 || topic.Find("sentiment") is not (>= 0 and var sentiment))
        {
            return [.. topic.More];
        }

        var row = record.Row(topic);
        return
        [
            .. topic
                .Rows.Where(other => other != row && other[sentiment] == row[sentiment])
                .SelectMany(other => Sentences(other[column])),
        ];
    }

    private static string Glue(string text) => text.Contains('。', StringComparison.Ordinal) ? "" : " ";

    [GeneratedRegex(@"(?<=[.!?؟])\s+|(?<=[。！？])")]
    private static partial Regex SentenceEnd();
}
