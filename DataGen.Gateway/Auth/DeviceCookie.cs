using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DataGen.ServiceDefaults.Identity;

namespace DataGen.Gateway.Auth;

/// <summary>
/// The cookie <c>datagen_device</c> of a browser in which a user has signed in before (OWASP, "Device cookies"):
/// <c>{base64url(username)}.{id}.{mac}</c>. It does not sign anyone in. It only gives the browser attempts of its own,
/// so that an attacker who guesses passwords cannot lock the user out.
/// </summary>
/// <param name="secret">The value of <c>DATAGEN_SESSION_SECRET</c>, the same on every replica.</param>
internal sealed class DeviceCookie(string secret)
{
    /// <summary>The cookie's name.</summary>
    public const string Name = "datagen_device";

    private const int IdBytes = 16;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private readonly byte[] key = IdentityKeys.Derive(secret, IdentityKeys.Device);

    /// <summary>Marks the browser as one of this user's.</summary>
    public void Set(HttpContext context, string username)
    {
        if (Of(context.Request, username) is not null)
        {
            return;
        }

        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        context.Response.Cookies.Append(
            Name,
            $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(username))}.{id}.{Mac(username, id)}",
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                Path = "/",
                MaxAge = Lifetime,
                IsEssential = true,
            }
        );
    }

    /// <summary>Which of the user's browsers a request comes from; null for an unknown browser.</summary>
    /// <param name="request">The request.</param>
    /// <param name="username">The user's canonical name.</param>
    public string? Of(HttpRequest request, string username) =>
        request.Cookies[Name]?.Split('.') is [var name, var id, var mac]
        && name == Base64Url.EncodeToString(Encoding.UTF8.GetBytes(username))
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(mac),
            Encoding.UTF8.GetBytes(Mac(username, id))
        )
            ? id
            : null;

    private string Mac(string username, string id) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{username}.{id}")));
}
