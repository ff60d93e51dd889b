using DataGen.ServiceDefaults.Identity;

namespace DataGen.Gateway.Sessions;

/// <summary>What the services behind the Gateway learn of the caller: an identity token, never the session.</summary>
internal static class CallerIdentity
{
    /// <summary>The Authorization header that names the caller of a request.</summary>
    public static string Authorization(HttpContext context) =>
        $"Bearer {context.RequestServices.GetRequiredService<IdentityTokens>().Issue(context.User.Username(), context.User.Role())}";
}
