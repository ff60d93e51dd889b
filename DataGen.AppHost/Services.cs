namespace DataGen.AppHost.AppModel;

/// <summary>The services and who calls whom: Gateway → Web → Tasks → Runner, never back up.</summary>
internal static class Services
{
    private const string HealthPath = "/health";
    private const int PublicPort = 5080;

    public static IResourceBuilder<ProjectResource> AddRunner(
        this IDistributedApplicationBuilder builder,
        SharedSettings settings,
        Backends backends,
        Meeting meeting
    ) =>
        meeting
            .Multiply(backends.Inference(settings.Identity(builder.AddProject<Projects.DataGen_Runner>("runner"))))
            .PassOn(OperatorSettings.Inference)
            .WithHttpHealthCheck(HealthPath, endpointName: "http");

    public static IResourceBuilder<ProjectResource> AddTasks(
        this IDistributedApplicationBuilder builder,
        SharedSettings settings,
        Backends backends,
        Meeting meeting,
        IResourceBuilder<ProjectResource> runner
    ) =>
        meeting
            .Join(backends.CStore(settings.Identity(builder.AddProject<Projects.DataGen_Tasks>("tasks"))))
            .PassOn(OperatorSettings.Storage)
            .PassOn(OperatorSettings.Limits)
            .WithReference(runner)
            .WaitFor(runner)
            .WithHttpHealthCheck(HealthPath, endpointName: "http");

    public static IResourceBuilder<ProjectResource> AddWeb(
        this IDistributedApplicationBuilder builder,
        SharedSettings settings,
        Meeting meeting,
        IResourceBuilder<ProjectResource> tasks
    ) =>
        meeting
            .Join(settings.Identity(builder.AddProject<Projects.DataGen_Web>("web")))
            .WithReference(tasks)
            .WaitFor(tasks)
            .WithHttpHealthCheck(HealthPath, endpointName: "http");

    public static IResourceBuilder<ProjectResource> AddGateway(
        this IDistributedApplicationBuilder builder,
        SharedSettings settings,
        Backends backends,
        IResourceBuilder<ProjectResource> tasks,
        IResourceBuilder<ProjectResource> web
    ) =>
        backends
            .CStore(settings.Users(settings.Identity(builder.AddProject<Projects.DataGen_Gateway>("gateway"))))
            .PassOn(OperatorSettings.Storage)
            .WithHttpEndpoint(port: PublicPort, name: "http")
            .WithExternalHttpEndpoints()
            .WithReference(tasks)
            .WaitFor(tasks)
            .WithReference(web)
            .WaitFor(web)
            .WithHttpHealthCheck(HealthPath, endpointName: "http")
            .WithUrlForEndpoint("http", url => url.DisplayText = "DataGen");
}
