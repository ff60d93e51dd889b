using DataGen.ServiceDefaults.Identity;

namespace DataGen.Gateway.Callers;

/// <summary>Tells the services behind the Gateway who the caller is, by an identity token and never by the
/// session.</summary>
internal static class CallerIdentity
{
    /// <summary>The Authorization header that names the caller of a request.</summary>
    public static string Authorization(HttpContext context) =>
        $"Bearer {context.RequestServices.GetRequiredService<IdentityTokens>().Issue(context.User.Username(), context.User.Role())}";
}
