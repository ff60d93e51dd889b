using DataGen.Gateway.Api;
using DataGen.Gateway.ApiTokens;
using DataGen.Gateway.Auth;
using DataGen.Gateway.Callers;
using DataGen.Gateway.Docs;
using DataGen.Gateway.Hosting;
using DataGen.Gateway.Pages;
using DataGen.Gateway.Problems;
using DataGen.Gateway.Security;
using DataGen.Gateway.Sessions;
using DataGen.ServiceDefaults;
using DataGen.ServiceDefaults.Health;
using DataGen.ServiceDefaults.Hosting;

namespace DataGen.Gateway;

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
        builder.AddServiceDefaults();
        builder.AddListener();
        builder.AddProblems();
        builder.AddUserStore();
        builder.AddSessions();
        builder.AddApiTokens();
        builder.AddCallers();
        builder.AddSignIn();
        builder.AddApi();
        builder.AddPages();
        builder.AddDocs();

        var app = builder.Build();
        app.UseListener();
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseHostGuard();
        app.UseCharsetGuard();
        app.UseCrossSiteGuard();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UsePages();
        app.MapHealth();
        app.MapFormSignIn();
        app.MapApi();
        app.MapDocs();
        app.MapOpenPages();
        return app;
    }

    private static Task<int> Main(string[] args) =>
        ServiceRunner.RunAsync(() => Build(new WebApplicationOptions { Args = args }));
}
