using System.IO.Compression;
using System.Text;
using DataGen.Contracts;
using DataGen.Explorer.Datasets;

namespace DataGen.Explorer.Queries;

/// <summary>Measures how much the texts of a column vary.</summary>
internal static class VarietyQuery
{
    private const int Sampled = 1000;
    private const int RunLength = 4;

    /// <summary>Measures a sample of the texts that is the same each time.</summary>
    public static TextVariety Run(DatasetColumn column, Question question, ViewQuery query) =>
        Of([
            .. question.Rows(
                $"SELECT {column.Field} FROM stored WHERE {query.Where} AND {column.Field} IS NOT NULL ORDER BY hash(i), i LIMIT {Sampled}",
                query.Parameters,
                row => row.GetString(0)
            ),
        ]);

    /// <summary>Measures these texts.</summary>
    public static TextVariety Of(IReadOnlyList<string> texts)
    {
        string[][] words =
        [
            .. texts.Select(text =>
                text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            ),
        ];
        return new TextVariety
        {
            Sampled = texts.Count,
            CompressionRatio = CompressionRatio(texts),
            Distinct1 = Distinct(words.SelectMany(text => Runs(text, 1))),
            Distinct2 = Distinct(words.SelectMany(text => Runs(text, 2))),
            Repeated4 = Repeated([.. words.Select(text => Runs(text, RunLength).ToArray())]),
        };
    }

    private static double CompressionRatio(IReadOnlyList<string> texts)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', texts));
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return (double)bytes.Length / compressed.Length;
    }

    private static double Distinct(IEnumerable<string> runs)
    {
        var (all, different) = (0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var run in runs)
        {
            all++;
            different.Add(run);
        }

        return all == 0 ? 0 : (double)different.Count / all;
    }

    private static double Repeated(string[][] texts)
    {
        var textsWith = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var run in texts.SelectMany(runs => runs.Distinct(StringComparer.Ordinal)))
        {
            textsWith[run] = textsWith.GetValueOrDefault(run) + 1;
        }

        var all = texts.Sum(runs => runs.Length);
        return all == 0 ? 0 : (double)texts.Sum(runs => runs.Count(run => textsWith[run] > 1)) / all;
    }

    private static IEnumerable<string> Runs(string[] words, int length) =>
        Enumerable
            .Range(0, Math.Max(0, words.Length - length + 1))
            .Select(first => string.Join(' ', words.AsSpan(first, length)!));
}
