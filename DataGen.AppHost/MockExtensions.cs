using System.Text;

namespace DataGen.AppHost;

/// <summary>The mock: CStore, R1FS and an inference server, with the faults that real ones have.</summary>
internal static class MockExtensions
{
    private const string SecretSetting = "MOCK_NODE_SECRET";
    private const string SecretName = "mock-node-secret";

    /// <summary>Adds the mock as a project, or with <c>UseContainers=true</c> as its container. Null when real servers
    /// are named for everything that it does, and when publishing.</summary>
    public static IResourceBuilder<IResourceWithEndpoints>? AddMock(this IDistributedApplicationBuilder builder)
    {
        var isReplaced =
            builder.Configuration.IsCStoreGiven() && builder.Configuration.IsAnyGiven(Settings.InferenceAddress);
        if (builder.ExecutionContext.IsPublishMode || isReplaced)
        {
            return null;
        }

        var secret = builder.AddGeneratedSecret(
            SecretName,
            "The password of the mock's CStore and R1FS, another one at every start.",
            persist: false
        );
        return builder.Configuration.UsesContainers()
            ? builder
                .AddDockerfile("mock", "..", "DataGen.Mock/Dockerfile")
                .WithVolume("datagen-mock", "/data")
                .WithHttpEndpoint(targetPort: 8080, name: "http")
                .WithEnvironment(SecretSetting, secret)
                .WithFaultCommands()
            : builder
                .AddProject<Projects.DataGen_Mock>("mock")
                .WithEnvironment("MOCK_DATA_DIR", builder.Configuration.DataFolder())
                .WithEnvironment(SecretSetting, secret)
                .WithoutHttpsCertificate()
                .WithBuiltProgram()
                .WithFreePorts()
                .WithFaultCommands();
    }

    /// <summary>The address of the mock's CStore, with the password that it asks for, because other users of the
    /// machine reach its port too.</summary>
    public static ReferenceExpression NodeAddress(this IResourceBuilder<IResourceWithEndpoints> mock)
    {
        mock.ApplicationBuilder.TryCreateResourceBuilder<ParameterResource>(SecretName, out var secret);
        return ReferenceExpression.Create(
            $"http://datagen:{secret!.Resource}@{mock.GetEndpoint("http").Property(EndpointProperty.HostAndPort)}"
        );
    }

    private static IResourceBuilder<T> WithFaultCommands<T>(this IResourceBuilder<T> mock)
        where T : IResourceWithEndpoints =>
        mock.WithIconName("Beaker")
            .WithHttpHealthCheck("/health", endpointName: "http")
            .WithUrlForEndpoint(
                "http",
                _ => new ResourceUrlAnnotation { Url = "/mock/faults", DisplayText = "Mock switches" }
            )
            .WithFault(
                "fail",
                "Fail the next 20 calls",
                "ErrorCircle",
                """{"inference": {"errorRate": {"value": 1, "calls": 20}}}"""
            )
            .WithFault("slow", "Slow down: 5 s a call", "Clock", """{"inference": {"latencyMs": 5000}}""")
            .WithFault(
                "limit",
                "Rate-limit: 120 calls a minute",
                "TopSpeed",
                """{"inference": {"requestsPerMinute": 120}}"""
            )
            .WithFault("reset", "Reset the switches", "ArrowReset", "{}");

    // PUT resets every switch that the body does not name. So one fault is on at a time, and an empty body resets all.
    private static IResourceBuilder<T> WithFault<T>(
        this IResourceBuilder<T> mock,
        string name,
        string displayName,
        string icon,
        string switches
    )
        where T : IResourceWithEndpoints =>
        mock.WithHttpCommand(
            "/mock/faults",
            displayName,
            endpointName: "http",
            commandName: name,
            new HttpCommandOptions
            {
                Method = HttpMethod.Put,
                IconName = icon,
                PrepareRequest = context =>
                {
                    context.Request.Content = new StringContent(switches, Encoding.UTF8, "application/json");
                    return Task.CompletedTask;
                },
            }
        );
}
