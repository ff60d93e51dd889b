using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DataGen.Web.Display;

/// <summary><c>&lt;moment at="…"/&gt;</c>: a time in UTC, which the script turns into the reader's own zone, relative
/// to now.</summary>
public sealed class MomentTagHelper : TagHelper
{
    /// <summary>The moment; without one a dash is shown.</summary>
    public DateTime? At { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (At is not { } at)
        {
            output.Content.SetContent("–");
            return;
        }

        output.Attributes.SetAttribute(
            "datetime",
            at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        );
        output.Content.SetContent(at.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture));
    }
}
