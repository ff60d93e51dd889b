using DataGen.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DataGen.Web.Pages;

/// <summary>The users, for administrators. Rendered empty: the script asks and tells the Gateway, which checks the role
/// again.</summary>
[Authorize(Roles = "admin")]
internal sealed class UsersModel : PageModel
{
    internal string Username => User.Username();
}
