using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace DataGen.AppHost;

/// <summary>The settings that the services have in common, the Redis of the replicas, and the public
/// endpoint.</summary>
internal static class ServiceExtensions
{
    // The path of a project's build output, which is the same below every project, this one included.
    private static readonly string BuildOutput = Path.Combine(
        "bin",
        typeof(ServiceExtensions).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration,
        $"net{Environment.Version.ToString(2)}"
    );

    /// <summary>The Redis at which replicas find each other. A publication has one, and so has a run that names one
    /// (<c>ConnectionStrings:redis</c>) or allows containers (<c>UseContainers=true</c>).</summary>
    public static IResourceBuilder<IResourceWithConnectionString>? AddMeetingPoint(
        this IDistributedApplicationBuilder builder
    ) =>
        builder.ExecutionContext.IsPublishMode ? builder.AddRedisContainer()
        : !string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("redis"))
            ? builder.AddConnectionString("redis")
        : builder.Configuration.UsesContainers() ? builder.AddRedisContainer()
        : null;

    private static IResourceBuilder<RedisResource> AddRedisContainer(this IDistributedApplicationBuilder builder) =>
        builder
            .AddRedis(
                "redis",
                password: builder.AddGeneratedSecret(
                    "redis-password",
                    "What the services sign in to Redis with.",
                    persist: true
                )
            )
            .WithDataVolume();

    public static IResourceBuilder<ProjectResource> WithRedis(
        this IResourceBuilder<ProjectResource> service,
        IResourceBuilder<IResourceWithConnectionString>? redis
    ) => redis is null ? service : service.WithReference(redis).WaitFor(redis);

    /// <summary>Adds the secret that signs identity tokens, the health check and, in run mode, the Development
    /// environment and free ports.</summary>
    public static IResourceBuilder<ProjectResource> WithServiceDefaults(
        this IResourceBuilder<ProjectResource> service,
        string icon
    )
    {
        service
            .WithIconName(icon)
            .WithoutHttpsCertificate()
            .WithHttpHealthCheck("/health", endpointName: "http")
            .WithSecret(
                "DATAGEN_SESSION_SECRET",
                "Signs sessions and the identity between services; 32 bytes at least."
            );
        return service.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? service.WithSettings([("OTEL_EXPORTER_OTLP_ENDPOINT", "Where traces, metrics and logs are sent (OTLP).")])
            : service
                .WithEnvironment("ASPNETCORE_ENVIRONMENT", "Development")
                .WithEnvironment("DOTNET_ENVIRONMENT", "Development")
                .WithBuiltProgram()
                .WithFreePorts();
    }

    /// <summary>Starts the program that the build of the app host has made. Aspire's own way, <c>dotnet run
    /// --no-build</c>, evaluates each project first, which takes a third of the start. It is still used for a debugger,
    /// for <c>dotnet watch</c>, and when the output of a build lies elsewhere.</summary>
    public static IResourceBuilder<ProjectResource> WithBuiltProgram(this IResourceBuilder<ProjectResource> service)
    {
        var configuration = service.ApplicationBuilder.Configuration;
        var project = service.Resource.GetProjectMetadata().ProjectPath;
        var program = Path.Combine(
            Path.GetDirectoryName(project)!,
            BuildOutput,
            $"{Path.GetFileNameWithoutExtension(project)}.dll"
        );
        return
            configuration["DEBUG_SESSION_PORT"] is not null
            || configuration["DOTNET_WATCH"] is not null
            || !File.Exists(program)
            ? service
            : service
                .WithAnnotation(
                    new ExecutableAnnotation { Command = "dotnet", WorkingDirectory = Path.GetDirectoryName(project)! }
                )
                .WithArgs(program);
    }

    /// <summary>Gives inner endpoints free ports, so that two runs on one machine do not collide, and hides them in the
    /// dashboard's list.</summary>
    public static IResourceBuilder<ProjectResource> WithFreePorts(this IResourceBuilder<ProjectResource> service)
    {
        foreach (var endpoint in service.Resource.Annotations.OfType<EndpointAnnotation>().ToArray())
        {
            if (!endpoint.IsExternal)
            {
                endpoint.Port = null;
                service.WithUrlForEndpoint(endpoint.Name, url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly);
            }
        }

        return service;
    }

    /// <summary>Adds the public endpoint.</summary>
    public static IResourceBuilder<ProjectResource> WithPublicEndpoint(this IResourceBuilder<ProjectResource> gateway)
    {
        var configuration = gateway.ApplicationBuilder.Configuration;
        return gateway
            .WithHttpEndpoint(port: configuration.PublicPort(), name: "http")
            .WithEndpoint("http", endpoint => endpoint.TargetHost = configuration.PublicHost()!)
            .WithExternalHttpEndpoints()
            .WithUrlForEndpoint("http", url => url.DisplayText = "DataGen")
            .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = "/docs", DisplayText = "API docs" });
    }
}
