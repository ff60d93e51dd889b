using DataGen.Runner.Draining;
using DataGen.Runner.Generation;
using DataGen.Runner.Grpc;
using DataGen.Runner.Inference;
using DataGen.ServiceDefaults;
using DataGen.ServiceDefaults.Health;
using DataGen.ServiceDefaults.Hosting;
using DataGen.ServiceDefaults.Identity;

namespace DataGen.Runner;

/// <summary>The service: its composition and its entry point.</summary>
public static class Program
{
    /// <summary>Builds the service without starting it.</summary>
    /// <param name="options">The content root and the arguments; a host of several services sets
    /// <c>ApplicationName</c>.</param>
    /// <param name="configure">Runs before anything is registered, so that settings it adds are seen by every
    /// registration.</param>
    public static WebApplication Build(WebApplicationOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(options);
        configure?.Invoke(builder);
        builder.AddServiceDefaults();
        builder.AddIdentityCheck();
        builder.AddInference();
        builder.AddGeneration();
        builder.AddDraining();
        builder.AddRunnerGrpc();

        var app = builder.Build();
        app.MapHealth();
        app.MapRunner();
        return app;
    }

    private static Task<int> Main(string[] args) =>
        ServiceRunner.RunAsync(() => Build(new WebApplicationOptions { Args = args }));
}
