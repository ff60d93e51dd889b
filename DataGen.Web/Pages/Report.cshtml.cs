using System.Globalization;
using DataGen.Web.Display;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DataGen.Web.Pages;

/// <summary>A report on a dataset for printing: its definition, its cost and its content.</summary>
internal sealed class ReportModel(TasksClient tasks, ExplorerClient explorer) : PageModel
{
    internal GenerationTask Data { get; private set; } = new();

    internal TaskSummary Summary { get; private set; } = TaskSummary.Blank;

    internal ProfileReply Profile { get; private set; } = new();

    /// <summary>The calls and their results; each bar is a part of the one before it.</summary>
    internal IReadOnlyList<Bar> Funnel { get; private set; } = [];

    /// <summary>The dataset's owner, where an administrator named another user.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Owner { get; set; }

    public async Task OnGetAsync(string id, CancellationToken cancellationToken)
    {
        var (detail, profile) = await DatasetReport.ReadAsync(id, Owner, tasks, explorer, cancellationToken);
        Data = detail.Task;
        Summary = TaskSummary.Of(Data);
        Profile = profile;
        Funnel = FunnelOf(Data, Profile.Dataset.Records);
    }

    /// <summary>The bars of a column: a histogram of numbers, the most frequent values of others.</summary>
    internal static IReadOnlyList<Bar> BarsOf(ColumnProfile column) =>
        column.Histogram.Count > 0
            ? [.. column.Histogram.Select(bin => new Bar(RangeOf(column, bin), bin.Count))]
            : [.. column.Top.Select(value => new Bar(PlainText.Short(value.Value, LongestLabel), value.Count))];

    /// <summary>The bars of a dataset's novelty: for each range the number of records, and how many of them are
    /// new.</summary>
    internal static IReadOnlyList<Bar> NoveltyOf(ProfileReply profile) =>
        [
            .. profile.Novelty.Select(stretch => new Bar(
                $"from {Figures.Number(stretch.From)}",
                stretch.Fresh,
                stretch.Records
            )),
        ];

    /// <summary>The strength of an association of two columns, in words.</summary>
    internal static string Told(double association) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{association switch
            {
                < 0.1 => "hardly hang together",
                < 0.3 => "hang together a little",
                < 0.7 => "hang together",
                _ => "one nearly tells the other",
            }} ({association:0.00})"
        );

    /// <summary>Whether the frequencies of a column's values are worth a picture.</summary>
    internal static bool HasPicture(ColumnProfile column) =>
        column.Histogram.Count > 0 || (column.Top.Count > 0 && column.Top[0].Count > 1);

    /// <summary>The mean length in characters from which on texts count as prose, so that their variety is
    /// measured.</summary>
    internal const double ShortestProse = 30;

    private const int LongestLabel = 60;

    // A range of whole numbers ends with the last number that is in it.
    private static string RangeOf(ColumnProfile column, HistogramBin bin)
    {
        var isWhole = column.Column.Type == "integer" && bin.To > bin.From && bin.To - bin.From < 1e15;
        var last = isWhole ? bin.To - 1 : bin.To;
        return last > bin.From
            ? $"{Figures.Measured(bin.From)} – {Figures.Measured(last)}"
            : Figures.Measured(bin.From);
    }

    private static Bar[] FunnelOf(GenerationTask task, int good)
    {
        var rejected = task.Rejected ?? new Rejections();
        var records = good + rejected.Total;
        var valid = records - rejected.Invalid - rejected.Rule;
        return
        [
            new Bar("calls", Math.Max(task.Calls, records)),
            new Bar("answers that held a record", records),
            new Bar("valid, and within the rules", valid),
            new Bar("different from the others: the dataset", good),
        ];
    }
}
