namespace DataGen.Web.Display;

/// <summary>Reads the browser's preferences for the look of the pages and their keys; <c>preferences.js</c> writes the
/// cookies.</summary>
internal static class Preferences
{
    /// <summary><c>light</c>, <c>dark</c>, or null: as the system.</summary>
    internal static string? Theme(HttpRequest request) =>
        request.Cookies["datagen-theme"] is ("light" or "dark") and var theme ? theme : null;

    /// <summary><c>off</c> where single keys do nothing, else null.</summary>
    internal static string? Shortcuts(HttpRequest request) =>
        request.Cookies["datagen-shortcuts"] is "off" ? "off" : null;
}
