using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DataGen.Web.Pages;

/// <summary>The sign-in form. It posts to the Gateway, which answers with a redirect: this service never sees a
/// password.</summary>
[AllowAnonymous]
internal sealed class LoginModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Error { get; set; }

    /// <summary>Where to go afterwards; an address of another site is not followed.</summary>
    internal string Destination => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/";

    internal string? Message =>
        Error switch
        {
            null or "" => null,
            "invalid" => "The username or the password is wrong.",
            "throttled" => "Too many attempts. Wait a minute, then try again.",
            "unavailable" => "The user store cannot be reached just now. Try again in a moment.",
            _ => "Signing in did not work. Try again.",
        };
}
