using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DataGen.Web.Pages;

/// <summary>The error page: plain words and no internals except the trace id, which an operator can look up.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken] // a refused form is re-executed here
internal sealed class ErrorModel : PageModel
{
    internal int Code { get; private set; }

    internal string Headline { get; private set; } = "";

    internal string Explanation { get; private set; } = "";

    internal string? TraceId { get; private set; }

    /// <summary>The address to try again.</summary>
    internal string? Again { get; private set; }

    public void OnGet(int code) => Show(code);

    public void OnPost(int code) => Show(code);

    private void Show(int code)
    {
        Code = code is >= 400 and <= 599 ? code : StatusCodes.Status404NotFound;
        Response.StatusCode = Code;
        (Headline, Explanation) = Code switch
        {
            400 => (
                "That form is out of date",
                "It was opened in an earlier session, or not sent by this site. Go back, reload the page and send it again."
            ),
            401 => ("Please sign in", "This page is for signed-in users."),
            403 => ("Not allowed", "Your account may not open this page."),
            404 => ("Nothing here", "There is no such page or dataset, or it belongs to somebody else."),
            503 => (
                "Back in a moment",
                "The part of DataGen that keeps the tasks cannot be reached just now. Running tasks go on by themselves; try again in a few seconds."
            ),
            >= 500 => ("Something broke on our side", "The fault has been noted. Trying again may help."),
            _ => ("That did not work", "The request could not be handled."),
        };
        if (
            Code == StatusCodes.Status503ServiceUnavailable
            && HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is { } original
        )
        {
            Again = original.OriginalPath + original.OriginalQueryString;
        }

        TraceId =
            Code == StatusCodes.Status500InternalServerError
                ? System.Diagnostics.Activity.Current?.TraceId.ToString()
                : null;
    }
}
