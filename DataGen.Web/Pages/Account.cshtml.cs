using DataGen.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DataGen.Web.Pages;

/// <summary>
/// The user's password, sessions and API tokens. The page is rendered empty; the script talks to the Gateway, so that
/// no password and no token passes through this service.
/// </summary>
internal sealed class AccountModel : PageModel
{
    internal string Username => User.Username();

    internal string Role => User.Role();

    /// <summary>The address that API tokens are for.</summary>
    internal string Origin => $"{Request.Scheme}://{Request.Host}";
}
