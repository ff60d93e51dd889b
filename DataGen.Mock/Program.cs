
namespace DataGen.Mock;

/// <summary>The service: its composition and its entry point.</summary>
public static class Program
{
    /// <summary>Builds the service without starting it.</summary>
    /// <param name="options">Where the content lies and which arguments were given; a host of several services sets <c>ApplicationName</c>.</param>
    /// <param name="configure">Runs before anything is registered, so that settings it adds are seen by every registration.</param>
    public static WebApplication Build(WebApplicationOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(options);
        configure?.Invoke(builder);
        var app = builder.Build();
        return app;
    }

    private static Task Main(string[] args) => Build(new WebApplicationOptions { Args = args }).RunAsync();
}
