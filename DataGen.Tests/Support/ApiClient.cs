using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace DataGen.Tests.Support;

/// <summary>A script that uses the REST API with a bearer token.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;

    private ApiClient(HttpClient http, string username, string accessToken) =>
        (this.http, Username, AccessToken) = (http, username, accessToken);

    /// <summary>Whose script it is.</summary>
    public string Username { get; }

    /// <summary>What it signs in with.</summary>
    public string AccessToken { get; }

    public static async Task<ApiClient> SignInAsync(
        Uri origin,
        string username,
        string password,
        CancellationToken cancellationToken
    )
    {
        // It is nobody's step of a trace: what listens in this process is of other tests.
        var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = origin };
        using var response = await http.PostAsJsonAsync(
            "/api/auth/token",
            new { username, password },
            cancellationToken
        );
        response.EnsureSuccessStatusCode();
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken))
            .GetProperty("accessToken")
            .GetString()!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new ApiClient(http, username, token);
    }

    public Task<string> CreateAsync(string prompt, int count, CancellationToken cancellationToken) =>
        CreateAsync(prompt, count, null, cancellationToken);

    public async Task<string> CreateAsync(
        string prompt,
        int count,
        int? concurrency,
        CancellationToken cancellationToken,
        long? mostCalls = null
    ) => (
            await PostAsync(
                "/api/tasks",
                new
                {
                    prompt,
                    count,
                    concurrency,
                    budget = mostCalls is { } calls ? new { calls } : null,
                },
                HttpStatusCode.Created,
                cancellationToken
            )
        ).GetProperty("id").GetString()!;

    public async Task<JsonElement> PostAsync(
        string path,
        object body,
        HttpStatusCode expected,
        CancellationToken cancellationToken
    )
    {
        using var response = await http.PostAsJsonAsync(path, body, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.StatusCode == expected, $"{path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    public async Task<HttpStatusCode> SendAsync(
        HttpMethod method,
        string path,
        object body,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var response = await http.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    /// <summary>Deletes a task; the status says how that went, null that nobody answered.</summary>
    public async Task<HttpStatusCode?> TryDeleteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.DeleteAsync(
                new Uri($"/api/tasks/{id}", UriKind.Relative),
                cancellationToken
            );
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        http.GetFromJsonAsync<JsonElement>(path, cancellationToken);

    /// <summary>The answer, or null when there is none just now or it is an error.</summary>
    public async Task<JsonElement?> TryGetAsync(string path, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        try
        {
            return await GetAsync(path, deadline.Token);
        }
        catch (Exception exception)
            when (exception is HttpRequestException or JsonException or IOException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return null;
        }
    }

    public Task<byte[]> DownloadAsync(string id, string format, CancellationToken cancellationToken) =>
        BytesAsync($"/api/tasks/{id}/export?format={format}", cancellationToken);

    public Task<byte[]> BytesAsync(string path, CancellationToken cancellationToken) =>
        http.GetByteArrayAsync(path, cancellationToken);

    public async Task<HttpStatusCode> StatusAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return response.StatusCode;
    }

    /// <summary>The download as it comes.</summary>
    public Task<Stream> OpenDownloadAsync(string id, string format, CancellationToken cancellationToken) =>
        http.GetStreamAsync($"/api/tasks/{id}/export?format={format}", cancellationToken);

    /// <summary>Looks at a task until it is as wanted. A moment in which it cannot be read (503) is waited for, as
    /// every caller has to.</summary>
    public async Task<JsonElement> UntilAsync(
        string id,
        Func<JsonElement, bool> condition,
        CancellationToken cancellationToken
    ) =>
        (
            await Eventually.GetAsync(
                async () =>
                {
                    try
                    {
                        return await GetAsync($"/api/tasks/{id}", cancellationToken);
                    }
                    catch (HttpRequestException exception)
                        when (exception.StatusCode == HttpStatusCode.ServiceUnavailable)
                    {
                        return (JsonElement?)null;
                    }
                },
                task => task is { } read && condition(read)
            )
        )!.Value;

    public async Task<JsonElement> EndAsync(string id, CancellationToken cancellationToken) =>
        await UntilAsync(
            id,
            task => task.GetProperty("status").GetString() is not ("queued" or "running"),
            cancellationToken
        );

    public void Dispose() => http.Dispose();
}
