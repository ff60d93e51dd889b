using DataGen.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DataGen.Web.Pages;

/// <summary>The users, for administrators. The page is rendered empty; the script talks to the Gateway, which checks
/// the role again.</summary>
[Authorize(Roles = "admin")]
internal sealed class UsersModel : PageModel
{
    internal string Username => User.Username();
}
