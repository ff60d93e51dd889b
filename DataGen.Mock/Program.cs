using DataGen.Mock.CStore;
using DataGen.Mock.Faults;
using DataGen.Mock.Hosting;
using DataGen.Mock.Inference;
using DataGen.Mock.Node;
using DataGen.Mock.R1fs;
using DataGen.Mock.Statistics;
using Microsoft.Extensions.Options;

namespace DataGen.Mock;

/// <summary>The service: its composition and its entry point.</summary>
public static class Program
{
    /// <summary>Builds the service without starting it.</summary>
    /// <param name="options">Where the content lies and which arguments were given; a host of several services sets
    /// <c>ApplicationName</c>.</param>
    /// <param name="configure">Runs before anything is registered, so that settings it adds are seen by every
    /// registration.</param>
    /// <exception cref="OptionsValidationException">A setting cannot be used; the message names it.</exception>
    public static WebApplication Build(WebApplicationOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(options);
        configure?.Invoke(builder);
        builder.AddMockHosting();
        builder.AddCStore();
        builder.AddR1fs();
        builder.AddInference();

        var app = builder.Build();
        app.UseForeignGuard();
        app.UseNodeErrors();
        app.UseNodeSecret();
        app.MapCStore();
        app.MapR1fs();
        app.MapInference();
        app.MapFaults();
        app.MapStatistics();
        return app;
    }

    private static Task<int> Main(string[] args) =>
        MockRunner.RunAsync(() =>
            Build(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory })
        );
}
