using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using DataGen.Mock.Settings;

namespace DataGen.Mock.Node;

/// <summary>
/// The password of CStore and R1FS, where one is set (<c>MOCK_NODE_SECRET</c>): on a machine with other users the port
/// alone must not be enough to read records or to make oneself an administrator. A real node has none.
/// </summary>
internal sealed class NodeSecret(MockSettings settings)
{
    // A hash of each: what is compared has one length, whatever the caller sends.
    private readonly byte[]? hash = settings.NodeSecret is { } secret ? Hash(secret) : null;

    /// <summary>Whether the caller may use what is stored; everybody may where no secret is set.</summary>
    public bool Admits(HttpContext context) =>
        hash is null
        || (
            Password(context.Request.Headers.Authorization) is { } given
            && CryptographicOperations.FixedTimeEquals(hash, Hash(given))
        );

    /// <summary>Says what is missing.</summary>
    public static NodeException Refusal(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"node\"";
        return new NodeException(StatusCodes.Status401Unauthorized, "This node asks for a password: MOCK_NODE_SECRET.");
    }

    // Authorization: Basic bm9kZTpzZWNyZXQ=, which is node:secret; the name does not matter.
    private static string? Password(string? header)
    {
        if (
            !AuthenticationHeaderValue.TryParse(header, out var credentials)
            || !"Basic".Equals(credentials.Scheme, StringComparison.OrdinalIgnoreCase)
            || credentials.Parameter is not { Length: < 1000 } parameter
        )
        {
            return null;
        }

        var bytes = new byte[parameter.Length];
        return
            Convert.TryFromBase64String(parameter, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password]
            ? password
            : null;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
