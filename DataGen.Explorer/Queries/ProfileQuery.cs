using System.Globalization;
using DataGen.Contracts;
using DataGen.Definition;
using DataGen.Explorer.Datasets;
using DuckDB.NET.Data;

namespace DataGen.Explorer.Queries;

/// <summary>Computes the profile of the columns of a view.</summary>
internal static class ProfileQuery
{
    private const int MostTop = 10;
    private const int MostBins = 20;

    // The square of a larger number is beyond a double.
    private const double LargestSquare = 1e150;

    // Whole numbers up to this one are exact as doubles.
    private const double LargestExact = 1L << 53;

    /// <summary>Profiles every column.</summary>
    public static ProfileReply Run(DatasetSnapshot dataset, Question question, RecordView view, bool variety)
    {
        var query = ViewQuery.Of(view, dataset.Columns);
        return question.Together(() =>
        {
            var (total, different) = question.Row(
                $"SELECT count(*), count(DISTINCT hash(data)) FROM stored WHERE {query.Where}",
                query.Parameters,
                row => (Int(row, 0), Int(row, 1))
            );
            var reply = new ProfileReply
            {
                Total = total,
                Duplicates = total - different,
                Rejected = dataset.Task.Rejected,
                Dataset = dataset.ToProto(),
            };
            reply.Columns.AddRange(dataset.Columns.Select(column => Profile(column, total, question, query, variety)));
            reply.Samplers.AddRange(Samplers(dataset, question, query));
            if (variety)
            {
                reply.Novelty.AddRange(NoveltyQuery.Run(dataset.Task.Spec.Count, question, query));
                reply.Crosses.AddRange(CrossQuery.Run(dataset, reply.Columns, question, query));
            }

            return reply;
        });
    }

    private static ColumnProfile Profile(
        DatasetColumn column,
        int total,
        Question question,
        ViewQuery query,
        bool variety
    )
    {
        var profile = new ColumnProfile { Column = column.ToProto() };
        var counted =
            $"WITH counted AS MATERIALIZED (SELECT {column.Field} v, count(*) n FROM stored WHERE {query.Where} AND {column.Field} IS NOT NULL GROUP BY 1) "
            + "SELECT (SELECT count(*) FROM counted), (SELECT sum(n)::BIGINT FROM counted), v, n FROM counted "
            + $"ORDER BY n DESC, v LIMIT {MostTop}";
        foreach (
            var (distinct, filled, value) in question.Rows(
                counted,
                query.Parameters,
                row => (Int(row, 0), Int(row, 1), new ValueCount { Value = Text(row.GetValue(2)), Count = Int(row, 3) })
            )
        )
        {
            (profile.Distinct, profile.Filled) = (distinct, filled);
            profile.Top.Add(value);
        }

        profile.Nulls = total - profile.Filled;
        switch (column.Type)
        {
            case ColumnType.Integer or ColumnType.Number when profile.Filled > 0:
                AddNumbers(profile, column, question, query);
                break;
            case ColumnType.Text when profile.Filled > 0:
                AddTexts(profile, column, question, query);
                profile.Variety = variety ? VarietyQuery.Run(column, question, query) : null;
                break;
            default:
                break;
        }

        return profile;
    }

    private static void AddNumbers(ColumnProfile profile, DatasetColumn column, Question question, ViewQuery query)
    {
        var value = column.Field;
        var (least, most) = question.Row(
            $"SELECT min({value}), max({value}) FROM stored WHERE {query.Where}",
            query.Parameters,
            row => (row.GetValue(0), row.GetValue(1))
        );
        var min = Convert.ToDouble(least, CultureInfo.InvariantCulture);
        var max = Convert.ToDouble(most, CultureInfo.InvariantCulture);
        (profile.Min, profile.Max) = (Text(least), Text(most));

        var range = (least, most) is (long first, long last) ? (double)((Int128)last - first) : max - min;

        // Large whole numbers stay exact as distances from the least one.
        var distance =
            column.Type is ColumnType.Integer
                ? $"({value}::HUGEINT - ({profile.Min})::HUGEINT)::DOUBLE"
                : $"({value} - {Literal(min)})";
        var deviation =
            Math.Max(Math.Abs(min), Math.Abs(max)) < LargestSquare ? $"stddev_samp({distance})" : "NULL::DOUBLE";
        _ = question.Row(
            $"SELECT avg({value}), {deviation}, quantile_cont({value}::DOUBLE, [0.05, 0.25, 0.5, 0.75, 0.95]) FROM stored WHERE {query.Where}",
            query.Parameters,
            row =>
            {
                profile.Mean = Finite(row.GetDouble(0));
                if (!row.IsDBNull(1))
                {
                    profile.Deviation = Finite(row.GetDouble(1));
                }

                profile.Quantiles.AddRange(row.GetFieldValue<List<double>>(2).Select(Finite));
                return profile;
            }
        );
        var (bins, width) = BinsOf(column.Type, range);
        if (bins == 0)
        {
            profile.Histogram.Add(
                new HistogramBin
                {
                    From = min,
                    To = max,
                    Count = profile.Filled,
                }
            );
            return;
        }

        var counts = new int[bins];
        var binned =
            $"SELECT least(greatest(floor({distance} / {Literal(width)}), 0), {bins - 1})::INTEGER, count(*) "
            + $"FROM stored WHERE {query.Where} AND {value} IS NOT NULL GROUP BY 1";
        foreach (var (bin, count) in question.Rows(binned, query.Parameters, row => (row.GetInt32(0), Int(row, 1))))
        {
            counts[bin] = count;
        }

        profile.Histogram.AddRange(
            counts.Select(
                (count, bin) =>
                    new HistogramBin
                    {
                        From = min + (bin * width),
                        To = bin == bins - 1 ? Math.Max(max, min + (bins * width)) : min + ((bin + 1) * width),
                        Count = count,
                    }
            )
        );
    }

    // Bins of whole numbers begin at whole numbers. There are none when all values are equal, or too far apart to be
    // divided.
    private static (int Bins, double Width) BinsOf(ColumnType type, double range)
    {
        var isWhole = type is ColumnType.Integer && range < LargestExact;
        var width = isWhole ? Math.Ceiling((range + 1) / MostBins) : range / MostBins;
        return !(range > 0) || !(width > 0) || !double.IsFinite(width) ? (0, 0)
            : isWhole ? ((int)Math.Ceiling((range + 1) / width), width)
            : (MostBins, width);
    }

    private static void AddTexts(ColumnProfile profile, DatasetColumn column, Question question, ViewQuery query) =>
        _ = question.Row(
            $"SELECT min({column.Field}), max({column.Field}), min(length({column.Field})), avg(length({column.Field})), max(length({column.Field})) "
                + $"FROM stored WHERE {query.Where}",
            query.Parameters,
            row =>
            {
                (profile.Min, profile.Max) = (row.GetString(0), row.GetString(1));
                profile.Lengths = new TextLengths
                {
                    Min = Int(row, 2),
                    Mean = row.GetDouble(3),
                    Max = Int(row, 4),
                };
                return profile;
            }
        );

    // Only samplers whose values are members of the records: `got` is counted from the records, not from the plan.
    private static IEnumerable<SamplerProfile> Samplers(DatasetSnapshot dataset, Question question, ViewQuery query)
    {
        var spec = dataset.Task.Spec;
        if (Sampling.Of(spec.Prompt, spec.Count, spec.Sampling) is not { } sampling)
        {
            yield break;
        }

        foreach (var (name, asked) in sampling.Counts())
        {
            if (dataset.Columns.FirstOrDefault(column => column.Name == name) is not { } column)
            {
                continue;
            }

            var got = question
                .Rows(
                    $"SELECT {column.Field}, count(*) FROM stored WHERE {query.Where} AND {column.Field} IS NOT NULL GROUP BY 1",
                    query.Parameters,
                    row => (Value: Text(row.GetValue(0)), Count: Int(row, 1))
                )
                .ToDictionary(pair => pair.Value, pair => pair.Count);
            var profile = new SamplerProfile { Name = name };
            profile.Values.AddRange(
                asked.Select(value => new SampledValue
                {
                    Value = value.Key,
                    Asked = (int)value.Value,
                    Got = got.GetValueOrDefault(value.Key),
                })
            );
            yield return profile;
        }
    }

    // Between numbers near the largest, a figure may be infinite, which JSON does not have.
    private static double Finite(double value) => Math.Clamp(value, -double.MaxValue, double.MaxValue);

    private static int Int(DuckDBDataReader row, int at) => (int)row.GetInt64(at);

    private static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "::DOUBLE";

    // As JSON has it.
    /// <summary>A value as text.</summary>
    public static string Text(object value) =>
        value switch
        {
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
}
