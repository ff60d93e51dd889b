using Microsoft.Extensions.Configuration;

namespace DataGen.AppHost.AppModel;

/// <summary>
/// The Redis where the Tasks processes find each other and Web's replicas share their keys. What is published has one,
/// and with it several replicas; when the
/// app is run there is one if the operator names it (<c>ConnectionStrings:redis</c>) or allows containers
/// (<c>UseContainers=true</c>), else each service runs once.
/// </summary>
internal sealed class Meeting
{
    private const string Name = "redis";
    private const int Replicas = 2;
    private readonly IResourceBuilder<IResourceWithConnectionString>? redis;

    private Meeting(IResourceBuilder<IResourceWithConnectionString>? redis) => this.redis = redis;

    public static Meeting Add(IDistributedApplicationBuilder builder, SharedSettings settings) =>
        new(
            builder.ExecutionContext.IsPublishMode || builder.Configuration.GetValue("UseContainers", false)
                ? builder.AddRedis(Name, password: settings.RedisPassword).WithDataVolume()
            : string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(Name)) ? null
            : builder.AddConnectionString(Name)
        );

    /// <summary>A service whose processes meet there.</summary>
    public IResourceBuilder<ProjectResource> Join(IResourceBuilder<ProjectResource> project) =>
        redis is null ? project : project.WithReference(redis).WaitFor(redis).WithReplicas(Replicas);

    /// <summary>A service that keeps nothing, and so needs nobody to meet.</summary>
    public IResourceBuilder<ProjectResource> Multiply(IResourceBuilder<ProjectResource> project) =>
        redis is null ? project : project.WithReplicas(Replicas);
}
