using DataGen.Tests.Support;

namespace DataGen.Tests.Browser;

/// <summary>Datasets in every state, and the people who may look: made once, looked at by many tests.</summary>
public sealed class DatasetFixture(RunningProduct product) : IAsyncLifetime
{
    private const int Good = 6;

    private ApiClient? api;

    /// <summary>Cookies of people who are signed in, by who they are: <c>newcomer</c>, <c>owner</c>,
    /// <c>admin</c>.</summary>
    internal Dictionary<string, string> SignedIn { get; } = [];

    /// <summary>At work, a cell for each record.</summary>
    internal string Small { get; private set; } = "";

    /// <summary>At work, a cell for several records.</summary>
    internal string Large { get; private set; } = "";

    /// <summary>Ended, with failures.</summary>
    internal string Ended { get; private set; } = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var newcomer = await product.NewUserAsync("newcomer");
        var owner = await product.NewUserAsync("owner");
        SignedIn["newcomer"] = await SignInAsync(newcomer.Username, newcomer.Password);
        SignedIn["owner"] = await SignInAsync(owner.Username, owner.Password);
        SignedIn["admin"] = await SignInAsync(RunningProduct.Admin, product.AdminPassword);

        api = await ApiClient.SignInAsync(product.Origin, owner.Username, owner.Password, Cancelled);
        await product.SetMockAsync();
        Ended = await api.CreateAsync(BrowserTest.Prompt, 20, 2, Cancelled);
        await api.UntilAsync(Ended, task => task.GetProperty("completed").GetInt32() >= Good, Cancelled);
        await product.SetMockAsync(
            """{"inference": {"malformedRate": 1, "malformedKind": "empty", "latencyMs": 20}}"""
        );
        await api.EndAsync(Ended, Cancelled);
        await product.SetMockAsync();
        var cancelled = await api.CreateAsync("A lighthouse: name, height, year built", 200, 2, Cancelled);
        await api.PostAsync($"/api/tasks/{cancelled}/cancel", new { }, System.Net.HttpStatusCode.OK, Cancelled);
        Small = await StartAsync(300);
        Large = await StartAsync(2500);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in new[] { Small, Large }.Where(id => id.Length > 0))
        {
            await api!.TryDeleteAsync(id, CancellationToken.None);
        }

        api?.Dispose();
    }

    private async Task<string> StartAsync(int count)
    {
        var id = await api!.CreateAsync(BrowserTest.Prompt, count, 1, Cancelled);
        await api.UntilAsync(id, task => task.GetProperty("completed").GetInt32() >= 3, Cancelled);
        return id;
    }

    private async Task<string> SignInAsync(string username, string password)
    {
        await using var context = await product.Browser.NewContextAsync(new() { BaseURL = product.Origin.ToString() });
        var response = await context.APIRequest.PostAsync(
            "/api/auth/login",
            new() { DataObject = new { username, password } }
        );
        Assert.Equal(200, response.Status);
        return await context.StorageStateAsync();
    }
}
