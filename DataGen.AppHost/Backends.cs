using Microsoft.Extensions.Configuration;

namespace DataGen.AppHost.AppModel;

/// <summary>
/// CStore and the inference server. When the app is run, whatever the operator gave no address of is the mock: a
/// project, or with
/// <c>UseContainers=true</c> its container.
/// What is published has no mock; there they are addresses.
/// </summary>
internal sealed class Backends
{
    // Beside the embedded host's own folder, not in it: their secrets differ, so one's users could not sign in at the
    // other.
    private static readonly string MockFolder = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData),
        "datagen-aspire"
    );

    private readonly Action<IResourceBuilder<ProjectResource>> useCStore;
    private readonly Action<IResourceBuilder<ProjectResource>> useInference;

    private Backends(
        Action<IResourceBuilder<ProjectResource>> useCStore,
        Action<IResourceBuilder<ProjectResource>> useInference
    ) => (this.useCStore, this.useInference) = (useCStore, useInference);

    public static Backends Add(IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return Published(builder);
        }

        var (cstore, inference) = (
            OperatorSettings.IsAnySet(builder, OperatorSettings.CStoreAddress),
            OperatorSettings.IsAnySet(builder, OperatorSettings.InferenceAddress)
        );
        if (cstore && inference)
        {
            return new Backends(PassOnCStore, PassOnInference);
        }

        var mocked = builder.Configuration.GetValue("UseContainers", false)
            ? Mocked(
                builder
                    .AddDockerfile("mock", "..", "DataGen.Mock/Dockerfile")
                    .WithVolume("datagen-mock", "/data")
                    .WithHttpEndpoint(targetPort: 8080, name: "http")
                    .WithHttpHealthCheck("/health", endpointName: "http")
            )
            : Mocked(
                builder
                    .AddProject<Projects.DataGen_Mock>("mock")
                    .WithEnvironment("MOCK_DATA_DIR", MockFolder)
                    .WithHttpHealthCheck("/health", endpointName: "http")
            );
        return new Backends(
            cstore ? PassOnCStore : mocked.useCStore,
            inference ? PassOnInference : mocked.useInference
        );
    }

    public IResourceBuilder<ProjectResource> CStore(IResourceBuilder<ProjectResource> project)
    {
        useCStore(project);
        return project;
    }

    public IResourceBuilder<ProjectResource> Inference(IResourceBuilder<ProjectResource> project)
    {
        useInference(project);
        return project;
    }

    private static void PassOnCStore(IResourceBuilder<ProjectResource> project) =>
        project.PassOn(OperatorSettings.CStoreAddress);

    private static void PassOnInference(IResourceBuilder<ProjectResource> project) =>
        project.PassOn(OperatorSettings.InferenceAddress);

    private static Backends Mocked<T>(IResourceBuilder<T> mock)
        where T : class, IResourceWithEndpoints, IResourceWithWaitSupport =>
        new(
            project => project.WaitFor(mock).WithEnvironment("EE_CHAINSTORE_API_URL", mock.GetEndpoint("http")),
            project => project.WaitFor(mock).WithEnvironment("DATAGEN_INFERENCE_BASE_URL", mock.GetEndpoint("http"))
        );

    private static Backends Published(IDistributedApplicationBuilder builder)
    {
        // A parameter without a value would make a publish to Kubernetes wait for one for ever; these are a node's own
        // ports.
        var cstore = builder
            .AddParameter("ee-chainstore-api-url", "http://localhost:31234", publishValueAsDefault: true)
            .WithDescription("Base address of CStore.");
        var inference = builder
            .AddParameter("datagen-inference-base-url", "http://localhost:8080", publishValueAsDefault: true)
            .WithDescription("Base address of the inference server.");
        var key = builder
            .AddParameter("datagen-inference-api-key", secret: true)
            .WithDescription("API key of the inference server.");
        return new Backends(
            project => project.WithEnvironment("EE_CHAINSTORE_API_URL", cstore),
            project =>
                project
                    .WithEnvironment("DATAGEN_INFERENCE_BASE_URL", inference)
                    .WithEnvironment("DATAGEN_INFERENCE_API_KEY", key)
        );
    }
}
