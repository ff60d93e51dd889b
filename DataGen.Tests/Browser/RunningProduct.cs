using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using DataGen.Tests.Mock;
using DataGen.Tests.Standalone;
using DataGen.Tests.Support;
using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>The product as a process of its own, and the mock behind it, started once for the tests that share
/// them.</summary>
public sealed class RunningProduct(Chromium chromium) : IAsyncLifetime
{
    internal const string Admin = "admin";

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentDictionary<string, int> users = new();
    private RunningMock? mock;
    private HostProcess? host;
    private ApiClient? admin;

    internal Uri Origin => host!.Origin;

    internal IBrowser Browser { get; private set; } = null!;

    internal string AdminPassword { get; private set; } = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Browser = await chromium.GetAsync();
        mock = await RunningMock.StartAsync(("MOCK_INFERENCE_LATENCY_MS", "150"), ("MOCK_INFERENCE_JITTER_MS", "50"));
        host = await StartAsync(
            folder,
            ("DATAGEN_TASKS_PER_MINUTE", "1000"),
            ("DATAGEN_MAX_RECORDS_PER_JOB", "100000")
        );
        AdminPassword = host.NewPassword();
        admin = await ApiClient.SignInAsync(Origin, Admin, AdminPassword, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        admin?.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        if (mock is not null)
        {
            await mock.DisposeAsync();
        }

        folder.Dispose();
    }

    /// <summary>Starts another product with a store of its own; the inference server is the same mock.</summary>
    internal Task<HostProcess> StartAsync(TemporaryFolder data, params (string, string?)[] settings) =>
        HostProcess.StartAsync(
            data.Path,
            Cancelled,
            [
                ("DATAGEN_INFERENCE_BASE_URL", mock!.Http.BaseAddress!.ToString()),
                ("DATAGEN_MAX_ATTEMPTS", "2"),
                ("DATAGEN_MAX_CONCURRENCY", "64"),
                .. settings,
            ]
        );

    /// <summary>Changes switches of the mock, <c>{"inference": {"latencyMs": 500}}</c>; those not named go back to what
    /// they were at the start.</summary>
    internal async Task SetMockAsync(string json = "{}") =>
        Assert.Equal(HttpStatusCode.OK, (await mock!.SendAsync(HttpMethod.Put, "/mock/faults", json)).Status);

    /// <summary>Adds a user nobody else has; the name begins as asked.</summary>
    internal async Task<(string Username, string Password)> NewUserAsync(string name)
    {
        var username =
            $"{name}.{users.AddOrUpdate(name, 1, (_, count) => count + 1).ToString(CultureInfo.InvariantCulture)}";
        var password = $"a-password-of-{username}";
        await admin!.PostAsync(
            "/api/users",
            new
            {
                username,
                password,
                role = "user",
            },
            HttpStatusCode.Created,
            Cancelled
        );
        return (username, password);
    }
}
