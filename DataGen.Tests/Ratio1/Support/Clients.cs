using DataGen.Ratio1.CStore;
using DataGen.Ratio1.R1fs;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataGen.Tests.Ratio1.Support;

/// <summary>The clients over a fake transport, without real pauses.</summary>
internal static class Clients
{
    public static Uri Node { get; } = new("http://node.example:31234");

    public static HttpCStore CStore(
        HttpMessageHandler handler,
        Func<CStoreOptions, CStoreOptions>? change = null,
        TimeProvider? time = null
    )
    {
        var options = new CStoreOptions
        {
            Address = Node,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            MaximumRetryDelay = TimeSpan.FromMilliseconds(2),
        };
        return new HttpCStore(
            new HttpClient(handler),
            change?.Invoke(options) ?? options,
            time ?? TimeProvider.System,
            NullLogger<HttpCStore>.Instance
        );
    }

    public static HttpR1fs R1fs(HttpMessageHandler handler, TimeProvider? time = null, Uri? node = null)
    {
        var options = new R1fsOptions
        {
            Address = node ?? Node,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            MaximumRetryDelay = TimeSpan.FromMilliseconds(2),
        };
        return new HttpR1fs(
            new HttpClient(handler),
            options,
            time ?? TimeProvider.System,
            NullLogger<HttpR1fs>.Instance
        );
    }
}
