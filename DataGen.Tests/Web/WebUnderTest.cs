using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using DataGen.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WebProgram = DataGen.Web.Program;

namespace DataGen.Tests.Web;

/// <summary>DataGen.Web as another process hosts it, in Production and from a strange folder, over a fake
/// DataGen.Tasks; all on real sockets.</summary>
public sealed partial class WebUnderTest : IAsyncLifetime
{
    private const string Secret = "a secret that only these tests know, long enough";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("datagen-web-");
    private WebApplication? tasksApp;
    private WebApplication? webApp;
    private HttpClient? client;

    internal FakeTasks Tasks { get; } = new();

    /// <summary>Where the Data Protection keys are to be found.</summary>
    internal string DataFolder => Path.Combine(folder.FullName, "data");

    /// <summary>A browser that follows no redirect by itself and keeps cookies.</summary>
    internal HttpClient Browser => client!;

    public async ValueTask InitializeAsync()
    {
        tasksApp = await StartTasksAsync();
        webApp = WebProgram.Build(
            new WebApplicationOptions
            {
                ApplicationName = "DataGen.Web",
                ContentRootPath = folder.FullName,
                EnvironmentName = Environments.Production,
            },
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["urls"] = "http://127.0.0.1:0",
                        ["DATAGEN_SESSION_SECRET"] = Secret,
                        ["DATAGEN_DATA_DIR"] = DataFolder,
                        ["services:tasks:grpc:0"] = tasksApp.Urls.Single(),
                    }
                );
            }
        );
        await webApp.StartAsync();
        client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = new Uri(webApp.Urls.Single()),
        };
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        if (webApp is not null)
        {
            await webApp.DisposeAsync();
        }

        if (tasksApp is not null)
        {
            await tasksApp.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    /// <summary>From now on the Gateway vouches for this user.</summary>
    internal void SignIn(string username = "ada", string role = "user") =>
        client!.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            new IdentityTokens(Secret, TimeProvider.System).Issue(username, role)
        );

    internal async Task<(HttpStatusCode Status, string Html)> GetAsync(string path)
    {
        using var response = await client!.GetAsync(
            new Uri(path, UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Posts the page's own form, with its antiforgery token, as a browser without script does.</summary>
    internal async Task<HttpResponseMessage> SubmitAsync(string page, string action, Dictionary<string, string> fields)
    {
        var (_, html) = await GetAsync(page);
        var token = AntiforgeryField().Match(html).Groups[1].Value;
        return await PostAsync(action, new(fields) { ["__RequestVerificationToken"] = token });
    }

    internal async Task<HttpResponseMessage> PostAsync(string action, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await client!.PostAsync(
            new Uri(action, UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
    }

    private async Task<WebApplication> StartTasksAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder.FullName });
        builder.Logging.ClearProviders();
        builder.Configuration["DATAGEN_SESSION_SECRET"] = Secret;
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.AddIdentityCheck();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(Tasks);
        var app = builder.Build();
        app.MapGrpcService<FakeTasks>();
        await app.StartAsync();
        return app;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryField();
}
