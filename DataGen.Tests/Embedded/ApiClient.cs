using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DataGen.Tests.Support;

namespace DataGen.Tests.Embedded;

/// <summary>A script that uses the REST API with a bearer token.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;

    private ApiClient(HttpClient http, string accessToken) => (this.http, AccessToken) = (http, accessToken);

    /// <summary>What it signs in with.</summary>
    public string AccessToken { get; }

    public static async Task<ApiClient> SignInAsync(Uri origin, string username, string password, CancellationToken cancellationToken)
    {
        var http = new HttpClient { BaseAddress = origin };
        using var response = await http.PostAsJsonAsync("/api/auth/token", new { username, password }, cancellationToken);
        response.EnsureSuccessStatusCode();
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("accessToken").GetString()!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new ApiClient(http, token);
    }

    public async Task<string> CreateAsync(string prompt, int count, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync("/api/tasks", new { prompt, count }, cancellationToken);
        Assert.True(response.StatusCode == System.Net.HttpStatusCode.Created, await response.Content.ReadAsStringAsync(cancellationToken));
        return (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetString()!;
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => http.GetFromJsonAsync<JsonElement>(path, cancellationToken);

    public Task<byte[]> DownloadAsync(string id, string format, CancellationToken cancellationToken) =>
        http.GetByteArrayAsync($"/api/tasks/{id}/export?format={format}", cancellationToken);

    public Task<JsonElement> UntilAsync(string id, Func<JsonElement, bool> condition, CancellationToken cancellationToken, int seconds = 60) =>
        Eventually.GetAsync(() => GetAsync($"/api/tasks/{id}", cancellationToken), condition, seconds: seconds);

    public async Task<JsonElement> EndAsync(string id, CancellationToken cancellationToken) =>
        await UntilAsync(id, task => task.GetProperty("status").GetString() is not ("queued" or "running"), cancellationToken);

    public void Dispose() => http.Dispose();
}
