using DataGen.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DataGen.Web.Pages;

/// <summary>
/// One's own password, sessions and API tokens. Rendered empty: the script asks and tells the Gateway, so that neither
/// a password nor a token
/// passes through this service.
/// </summary>
internal sealed class AccountModel : PageModel
{
    internal string Username => User.Username();

    internal string Role => User.Role();

    /// <summary>Where API tokens are good for.</summary>
    internal string Origin => $"{Request.Scheme}://{Request.Host}";
}
