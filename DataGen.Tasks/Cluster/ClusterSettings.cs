using System.Net;
using DataGen.ServiceDefaults.Settings;
using StackExchange.Redis;

namespace DataGen.Tasks.Cluster;

/// <summary>Which cluster of Tasks processes this one is part of.</summary>
/// <param name="Redis">Where the processes find each other (<c>ConnectionStrings:redis</c>).</param>
/// <param name="Address">Where the others reach this process (<c>DATAGEN_SILO_ADDRESS</c>); null: at the address it
/// uses toward Redis.</param>
/// <param name="Name">Tells apart clusters that share a Redis (<c>DATAGEN_CLUSTER</c>).</param>
internal sealed record ClusterSettings(ConfigurationOptions Redis, IPAddress? Address, string Name)
{
    private const string SiloAddress = "DATAGEN_SILO_ADDRESS";
    private const string RedisConnection = "ConnectionStrings:redis";

    /// <summary>The settings, or null when this process is alone.</summary>
    public static ClusterSettings? Read(IConfiguration configuration)
    {
        if (configuration.Text(RedisConnection) is not { } text)
        {
            return null;
        }

        try
        {
            var redis = ConfigurationOptions.Parse(text);
            redis.AbortOnConnectFail = false;
            return redis.EndPoints.Count > 0
                ? new ClusterSettings(
                    redis,
                    OwnAddress(configuration),
                    configuration.Text("DATAGEN_CLUSTER") ?? "datagen"
                )
                : throw new ArgumentException("It names no server.");
        }
        catch (ArgumentException)
        {
            throw new SettingException(
                RedisConnection,
                "is not a StackExchange.Redis connection string such as localhost:6379."
            );
        }
    }

    private static IPAddress? OwnAddress(IConfiguration configuration) =>
        configuration.Text(SiloAddress) is not { } text ? null
        : IPAddress.TryParse(text, out var address) ? address
        : throw new SettingException(SiloAddress, $"'{text}' is not an IP address.");
}
