using Microsoft.Extensions.Configuration.Json;

namespace DataGen.Mock.Hosting;

/// <summary>Where the mock listens.</summary>
internal static class ListenAddress
{
    private const string EndpointKey = "Kestrel:Endpoints:http:Url";

    /// <summary>
    /// Lets <c>--urls</c> and the like replace the endpoint of appsettings.json, which Kestrel would otherwise prefer;
    /// an endpoint that was given in any other way stays.
    /// </summary>
    public static void PreferGivenUrls(this WebApplicationBuilder builder)
    {
        IConfigurationRoot configuration = builder.Configuration;
        var source = configuration.Providers.LastOrDefault(provider => provider.TryGet(EndpointKey, out _));
        if (
            builder.Configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 }
            && source is JsonConfigurationProvider
        )
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Configure());
        }
    }
}
