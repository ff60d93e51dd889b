using System.Globalization;
using System.Text.Json;

namespace DataGen.Web.Display;

/// <summary>The newest records as a table whose columns are the members of the data; <c>js/records.js</c> updates
/// it.</summary>
/// <param name="Columns">Member names in the order they first appear, at most <see cref="MaxColumns"/>.</param>
/// <param name="Rows">The records.</param>
internal sealed record RecordTable(IReadOnlyList<string> Columns, IReadOnlyList<RecordRow> Rows)
{
    internal const int MaxRows = 30;
    internal const int MaxColumns = 20;

    private const int LongText = 60;

    /// <summary>The only column of records that are not JSON objects.</summary>
    internal const string ValueColumn = "value";

    /// <summary>How the head of a column is formatted: like its first value.</summary>
    internal string KindOf(int column) =>
        Rows.Where(row => row.Ok)
            .Select(row => row.Cells[column].Kind)
            .FirstOrDefault(kind => kind != RecordCell.Absent.Kind, RecordCell.Absent.Kind);

    /// <summary>Whether a column holds long texts and needs to be wide; data.js measures in the same way.</summary>
    internal bool IsLong(int column) =>
        Rows.Any(row => row.Ok && row.Cells[column].Kind == "text" && row.Cells[column].Text.Length > LongText);

    internal static RecordTable Of(IEnumerable<GeneratedRecord> records)
    {
        var parsed = records
            .Select(record => (record, members: record.HasData ? Members(record.Data.Span) : []))
            .ToList();
        var columns = parsed.SelectMany(item => item.members.Keys).Distinct().Take(MaxColumns).ToList();
        return new RecordTable(columns, [.. parsed.Select(item => Row(item.record, columns, item.members))]);
    }

    private static RecordRow Row(
        GeneratedRecord record,
        List<string> columns,
        Dictionary<string, RecordCell> members
    ) =>
        new(
            record.Index,
            record.HasData,
            [.. columns.Select(column => members.GetValueOrDefault(column, RecordCell.Absent))],
            PlainText.Of(record.Error),
            Effort(record)
        );

    private static string Effort(GeneratedRecord record)
    {
        var span = Figures.Took(record.DurationMs);
        return record.Attempts > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{span} · {record.Attempts} tries")
            : span;
    }

    private static Dictionary<string, RecordCell> Members(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind is not JsonValueKind.Object)
        {
            return new() { [ValueColumn] = RecordCell.Of(root) };
        }

        var members = new Dictionary<string, RecordCell>();
        foreach (var member in root.EnumerateObject())
        {
            members[member.Name] = RecordCell.Of(member.Value);
        }

        return members;
    }
}
