using System.Globalization;

namespace DataGen.Tasks.Users;

/// <summary>Where a page of a list begins: after a task, which may be gone when the page is asked for.</summary>
/// <param name="Id">The last task of the previous page.</param>
/// <param name="Position">How many tasks came before it; 0 where its id alone gives its place.</param>
internal sealed record TaskCursor(string Id, int Position)
{
    /// <summary>Reads the text that <see cref="ToString"/> wrote; null when it is not such a text.</summary>
    public static TaskCursor? Parse(string text)
    {
        var (id, digits) = text.Split('.', 2) is [var before, var behind] ? (before, behind) : (text, "0");
        return
            Guid.TryParseExact(id, "D", out _)
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new TaskCursor(id, position)
            : null;
    }

    public override string ToString() =>
        Position == 0 ? Id : string.Create(CultureInfo.InvariantCulture, $"{Id}.{Position}");
}
