namespace DataGen.Web.Display;

/// <summary>Which tasks the list shows and in which order, as the query of its address says:
/// <c>?status=running,failed&amp;q=book&amp;sort=title</c>.</summary>
/// <param name="Statuses">The statuses shown; empty: all.</param>
/// <param name="Text">What the title or the prompt must contain; empty: anything.</param>
/// <param name="Failures">Only tasks that failed, in whole or in part; in the address this is the status
/// <c>failures</c>.</param>
/// <param name="Sort">The sort order, as the API names it; empty: newest first.</param>
internal sealed record ListFilter(
    IReadOnlyList<GenerationTaskStatus> Statuses,
    string Text,
    bool Failures = false,
    string Sort = ""
)
{
    private const string WithFailures = "failures";

    /// <summary>The choices of the buttons above the list: a label and the value of <c>status</c>.</summary>
    internal static IReadOnlyList<(string Label, string Value)> Choices { get; } =
    [
        ("All", ""),
        ("Active", "queued,running"),
        ("Succeeded", "succeeded"),
        ("With failures", WithFailures),
        ("Cancelled", "cancelled"),
    ];

    /// <summary>The choices of the order: a label and the value of <c>sort</c>.</summary>
    internal static IReadOnlyList<(string Label, string Value)> Orders { get; } =
    [
        ("Newest", ""),
        ("Oldest", "createdAt"),
        ("Title", "title"),
        ("Most records", "-count"),
        ("Most failures", "-failures"),
    ];

    internal bool IsOn => Failures || Statuses.Count > 0 || Text.Length > 0;

    /// <summary>The value of <c>status</c> in the address.</summary>
    internal string Status =>
        Failures ? WithFailures : string.Join(',', Statuses.Select(status => status.ToString().ToLowerInvariant()));

    /// <summary>Reads the filter from the query; an unknown status or order is ignored.</summary>
    internal static ListFilter Of(string? status, string? text, string? sort = null)
    {
        var statuses = (status ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name =>
                Enum.GetValues<GenerationTaskStatus>()
                    .FirstOrDefault(value => value.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            )
            .Where(value => value is not GenerationTaskStatus.Unspecified)
            .Distinct()
            .Order();
        var trimmed = (text ?? "").Trim();
        return new ListFilter(
            [.. statuses],
            trimmed.Length > TaskLimits.LongestFilterText ? trimmed[..TaskLimits.LongestFilterText] : trimmed,
            status is WithFailures,
            Orders.Any(order => order.Value == sort) ? sort! : ""
        );
    }

    /// <summary>The address of a list with this filter.</summary>
    /// <param name="cursor">The cursor of the page; empty: it begins with the first task.</param>
    /// <param name="handler">The page's handler to call; empty: none.</param>
    internal string Address(string cursor = "", string handler = "")
    {
        (string Name, string Value)[] parts =
        [
            ("handler", handler),
            ("status", Status),
            ("q", Text),
            ("sort", Sort),
            ("cursor", cursor),
        ];
        return "/"
            + QueryString.Create(
                parts
                    .Where(part => part.Value.Length > 0)
                    .Select(part => KeyValuePair.Create(part.Name, (string?)part.Value))
            );
    }
}
