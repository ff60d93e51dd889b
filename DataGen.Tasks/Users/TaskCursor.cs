using System.Globalization;

namespace DataGen.Tasks.Users;

/// <summary>Where a page of a list begins: behind a task, which may be gone when the page is asked for.</summary>
/// <param name="Id">The last task of the page before.</param>
/// <param name="Position">How many tasks came before it; 0 where its id alone says where it stood.</param>
internal sealed record TaskCursor(string Id, int Position)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is nothing of the kind.</summary>
    public static TaskCursor? Parse(string text)
    {
        var parts = text.Split('.');
        return
            parts is [var id, .. var rest]
            && Guid.TryParseExact(id, "D", out _)
            && (
                rest is []
                || (
                    rest is [var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                )
            )
            ? new TaskCursor(id, rest is [var at] ? int.Parse(at, CultureInfo.InvariantCulture) : 0)
            : null;
    }

    public override string ToString() =>
        Position == 0 ? Id : string.Create(CultureInfo.InvariantCulture, $"{Id}.{Position}");
}
