namespace DataGen.Web.Display;

/// <summary>A bar of a picture, and the row of the table beside it.</summary>
/// <param name="Label">The value or range that it shows.</param>
/// <param name="Count">How many.</param>
/// <param name="Asked">How many were asked for; null where no number was.</param>
internal sealed record Bar(string Label, long Count, long? Asked = null);
