using System.Net;
using System.Net.Sockets;

namespace DataGen.ServiceDefaults.Hosting;

/// <summary>Reads IP addresses as people write them in settings.</summary>
public static class IpText
{
    /// <summary>Reads an IPv4 or IPv6 address. The framework also reads <c>0</c> and <c>1.2</c> as 0.0.0.0 and 1.0.0.2;
    /// this method refuses them.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPAddress? address)
    {
        if (
            IPAddress.TryParse(text, out address)
            && (address.AddressFamily != AddressFamily.InterNetwork || address.ToString() == text)
        )
        {
            return true;
        }

        address = null;
        return false;
    }
}
