using DataGen.ServiceDefaults;
using DataGen.ServiceDefaults.Health;
using DataGen.ServiceDefaults.Hosting;
using DataGen.ServiceDefaults.Identity;
using DataGen.Web.Forms;
using DataGen.Web.Pages;

namespace DataGen.Web;

/// <summary>The service: its composition and its entry point.</summary>
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
        builder.WebHost.UseStaticWebAssets(); // otherwise the assets of a referenced project are served empty outside Development
        builder.AddServiceDefaults();
        builder.AddIdentityCheck();
        builder.AddFormProtection();
        builder.AddTasksClient(context => context.Request.Headers.Authorization);
        builder.AddExplorerClient(context => context.Request.Headers.Authorization);
        builder.AddPages();

        var app = builder.Build();
        app.UsePages();
        app.MapHealth();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        return app;
    }

    private static Task<int> Main(string[] args) =>
        ServiceRunner.RunAsync(() =>
            Build(new WebApplicationOptions { Args = args, ApplicationName = typeof(Program).Assembly.GetName().Name })
        );
}
