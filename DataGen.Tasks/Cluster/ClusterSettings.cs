using DataGen.ServiceDefaults.Settings;
using StackExchange.Redis;

namespace DataGen.Tasks.Cluster;

/// <summary>Which cluster of Tasks processes this one is part of.</summary>
/// <param name="Redis">Where the processes find each other (<c>ConnectionStrings:redis</c>).</param>
/// <param name="Name">Tells apart clusters that share a Redis (<c>DATAGEN_CLUSTER</c>).</param>
internal sealed record ClusterSettings(ConfigurationOptions Redis, string Name)
{
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
                ? new ClusterSettings(redis, configuration.Text("DATAGEN_CLUSTER") ?? "datagen")
                : throw new ArgumentException("It names no server.");
        }
        catch (ArgumentException)
        {
            throw new SettingException(RedisConnection, "is not a StackExchange.Redis connection string such as localhost:6379.");
        }
    }
}
