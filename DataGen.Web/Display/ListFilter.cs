namespace DataGen.Web.Display;

/// <summary>Which tasks the list shows, as its address says it: <c>?status=running,failed&amp;q=book</c>.</summary>
/// <param name="Statuses">The statuses let through; empty: all.</param>
/// <param name="Text">What the title or the prompt must contain; empty: anything.</param>
internal sealed record ListFilter(IReadOnlyList<GenerationTaskStatus> Statuses, string Text)
{
    /// <summary>The longest text Tasks looks for.</summary>
    internal const int LongestText = 200;

    /// <summary>What the buttons above the list offer: a label and the value of <c>status</c>.</summary>
    internal static IReadOnlyList<(string Label, string Value)> Choices { get; } =
    [
        ("All", ""),
        ("Active", "queued,running"),
        ("Succeeded", "succeeded"),
        ("Failed", "failed"),
        ("Cancelled", "cancelled"),
    ];

    internal bool IsOn => Statuses.Count > 0 || Text.Length > 0;

    /// <summary>The value of <c>status</c> in the address.</summary>
    internal string Status => string.Join(',', Statuses.Select(status => status.ToString().ToLowerInvariant()));

    /// <summary>Reads the two parts of the address; a status that there is not is passed over.</summary>
    internal static ListFilter Of(string? status, string? text)
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
        return new ListFilter([.. statuses], trimmed.Length > LongestText ? trimmed[..LongestText] : trimmed);
    }

    /// <summary>The address of a list with this filter.</summary>
    /// <param name="cursor">Where its page begins; empty: with the newest.</param>
    /// <param name="handler">The page's handler that is to be called there; empty: none.</param>
    internal string Address(string cursor = "", string handler = "")
    {
        (string Name, string Value)[] parts =
        [
            ("handler", handler),
            ("status", Status),
            ("q", Text),
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
