using System.Net;
using DataGen.Ratio1;
using DataGen.Ratio1.R1fs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace DataGen.Tests.Ratio1.R1fs;

/// <summary>Files over real sockets, larger than any buffer.</summary>
public sealed class R1fsOverHttpTests
{
    [Fact]
    public async Task A_file_goes_up_and_comes_down_as_a_stream_and_leaves_nothing_in_the_log()
    {
        var token = TestContext.Current.CancellationToken;
        byte[] kept = [];
        var body = "";
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://{IPAddress.Loopback}:0");
        builder.Services.AddRoutingCore();
        await using var node = builder.Build();
        node.MapPost(
            "/add_file",
            async (HttpRequest request) =>
            {
                var form = await request.ReadFormAsync();
                var file = form.Files["file"]!;
                using var content = new MemoryStream();
                await file.CopyToAsync(content);
                kept = content.ToArray();
                body = form["body"].ToString();
                return Results.Text($$$"""{"result":{"cid":"Qm{{{file.FileName}}}"}}""", "application/json");
            }
        );
        node.MapGet(
            "/get_file",
            (string cid, string secret) =>
                cid == "Qmx" && secret == "file-secret" ? Results.Bytes(kept) : Results.NotFound()
        );
        await node.StartAsync(token);

        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging());
        services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
        Assert.True(
            services.AddR1fs(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(new Dictionary<string, string?> { ["EE_R1FS_API_URL"] = node.Urls.Single() })
                    .Build()
            )
        );
        await using var provider = services.BuildServiceProvider();
        var r1fs = provider.GetRequiredService<IR1fs>();

        var sent = new byte[5_000_000];
        Random.Shared.NextBytes(sent);
        Assert.Equal(
            "Qmdätä.jsonl",
            await r1fs.AddFileAsync(new MemoryStream(sent), new R1fsFile("dätä.jsonl", "file-secret"), token)
        );
        Assert.Equal("""{"filename":"dätä.jsonl","secret":"file-secret"}""", body);
        await using var stream = await r1fs.GetFileAsync("Qmx", "file-secret", token);
        using var received = new MemoryStream();
        await stream.CopyToAsync(received, token);
        Assert.Equal(sent, received.ToArray());
        Assert.True(
            (await Assert.ThrowsAsync<R1fsException>(() => r1fs.GetFileAsync("Qmy", "file-secret", token))).IsNotFound
        );

        var log = provider.GetRequiredService<FakeLogCollector>().GetSnapshot();
        Assert.DoesNotContain(
            log,
            record =>
                $"{record}{string.Join(' ', record.StructuredState ?? [])}{record.Exception}".Contains(
                    "file-secret",
                    StringComparison.Ordinal
                )
        );
    }
}
