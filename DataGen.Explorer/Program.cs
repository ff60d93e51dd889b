using DataGen.Contracts;
using DataGen.Explorer.Settings;
using DataGen.ServiceDefaults;
using DataGen.ServiceDefaults.Health;
using DataGen.ServiceDefaults.Hosting;
using DataGen.ServiceDefaults.Identity;
using DataGen.ServiceDefaults.Settings;

namespace DataGen.Explorer;

/// <summary>The service that answers questions about datasets: its composition and its entry point.</summary>
public static class Program
{
    /// <summary>Builds the service without starting it.</summary>
    /// <param name="options">Where the content lies and which arguments were given; a host of several services sets
    /// <c>ApplicationName</c>.</param>
    /// <param name="configure">Runs before anything is registered, so that settings it adds are seen by every
    /// registration.</param>
    public static WebApplication Build(WebApplicationOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(options);
        configure?.Invoke(builder);
        builder.AddServiceDefaults();
        builder.AddIdentityCheck();
        builder.AddSettings<ExplorerOptions, ExplorerOptions.Validator>();
        builder.AddTasksClient(context => context.Request.Headers.Authorization);
        builder.AddDatasets();
        builder.AddExplorerApi();

        var app = builder.Build();
        app.MapHealth();
        app.MapExplorerApi();
        return app;
    }

    private static Task<int> Main(string[] args) =>
        ServiceRunner.RunAsync(() => Build(new WebApplicationOptions { Args = args }));
}
