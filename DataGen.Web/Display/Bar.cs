namespace DataGen.Web.Display;

/// <summary>A bar of a picture, and the row of the table beside it.</summary>
/// <param name="Label">What it stands for.</param>
/// <param name="Count">How many.</param>
/// <param name="Asked">How many were asked for; null where nothing was.</param>
internal sealed record Bar(string Label, long Count, long? Asked = null);
