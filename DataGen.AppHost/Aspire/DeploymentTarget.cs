using Aspire.Hosting.Docker;
using Aspire.Hosting.Kubernetes;

namespace DataGen.AppHost.AppModel;

/// <summary>Where a publish goes: <c>--target compose</c> (the default) or <c>--target kubernetes</c>. Nothing when the
/// app is run.</summary>
internal sealed class DeploymentTarget
{
    private const string Compose = "compose";
    private const string Kubernetes = "kubernetes";
    private readonly string? name;

    private DeploymentTarget(string? name) => this.name = name;

    /// <summary>Adds the one environment that is asked for: with two, no resource would know where it
    /// belongs.</summary>
    public static DeploymentTarget Add(IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsPublishMode)
        {
            return new DeploymentTarget(null);
        }

        var name = builder.Configuration["target"] ?? Compose;
        switch (name)
        {
            case Compose:
                builder.AddDockerComposeEnvironment(Compose);
                break;
            case Kubernetes:
                builder.AddKubernetesEnvironment(Kubernetes).WithHelm(helm => helm.WithChartName("datagen"));
                break;
            default:
                throw new InvalidOperationException($"--target: '{name}' is neither {Compose} nor {Kubernetes}.");
        }

        return new DeploymentTarget(name);
    }

    /// <summary>What the publishers leave out of a compose file: a service that died comes back.</summary>
    public IResourceBuilder<ProjectResource> Harden(IResourceBuilder<ProjectResource> project) =>
        name == Compose
            ? project.PublishAsDockerComposeService((_, service) => service.Restart = "unless-stopped")
            : project;
}
