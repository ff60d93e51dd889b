using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.Gateway;

/// <summary>Garbage is the sender's mistake, whatever it looks like and wherever it is sent: never an error of ours,
/// and not more than a line in the log.</summary>
public sealed class GarbageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Bodies beyond this are refused before they are read.</summary>
    private const int LargestRead = 60_000;

    /// <summary>Content types and bodies.</summary>
    private static readonly (string Type, byte[] Body)[] Bodies =
    [
        ("multipart/form-data", "x"u8.ToArray()),
        ("multipart/form-data; boundary=", "--\r\n"u8.ToArray()),
        ("multipart/form-data; boundary=b", "--b\r\nnonsense"u8.ToArray()),
        (
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nann"u8.ToArray()
        ),
        ($"multipart/form-data; boundary={new string('b', 500)}", "--b"u8.ToArray()),
        ("multipart/form-data; boundary=b", Encoding.ASCII.GetBytes($"--b\r\nX: {new string('h', 40_000)}\r\n\r\n")),
        ("application/x-www-form-urlencoded", Encoding.ASCII.GetBytes($"{new string('k', 5_000)}=1")),
        (
            "application/x-www-form-urlencoded",
            Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 5_000).Select(key => $"k{key}=1")))
        ),
        ("application/x-www-form-urlencoded", "username=%ff%fe%00&password=%"u8.ToArray()),
        ("application/x-www-form-urlencoded; charset=nonsense", "username=ann&password=b"u8.ToArray()),
        ("multipart/form-data; boundary=b; charset=utf-7", "--b--"u8.ToArray()),
        ("application/x-www-form-urlencoded; charset=utf-7", "username=+AGE-&password=b"u8.ToArray()),
        ("application/json", "{\"username\":"u8.ToArray()),
        ("application/json", [0xFF, 0xFE, 0x00]),
        ("application/json", Encoding.ASCII.GetBytes(new string('[', 50_000))),
        ("application/json", Encoding.ASCII.GetBytes($"{{\"username\":\"{new string('x', 300_000)}\"}}")),
        ("application/json; charset=nonsense", "{}"u8.ToArray()),
        ("application/json; charset=utf-7", "{}"u8.ToArray()),
        ("application/json; charset=utf-16", Encoding.Unicode.GetBytes("{\"username\":\"ann\"}")),
        ("application/json", "{\"username\":\"\\ud800\",\"password\":\"\\ud800\"}"u8.ToArray()),
        ("application/json", "{\"username\":\"ann\",\"username\":[],\"password\":{}}"u8.ToArray()),
        (";;;", "x"u8.ToArray()),
        ("a/b; c=\"", "x"u8.ToArray()),
        ("", "x"u8.ToArray()),
    ];

    /// <summary>Headers that no honest client sends.</summary>
    private static readonly (string Name, string Value)[] Headers =
    [
        ("Authorization", "Bearer"),
        ("Authorization", $"Bearer {new string('x', 8_000)}"),
        ("Authorization", "Bearer dg_YW5u.x.y"),
        ("Authorization", "Bearer dg_////.x.y"),
        ("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30."),
        ("Authorization", "Bearer \u00FF\u00FE"),
        ("Authorization", "Negotiate ="),
        ("Cookie", "datagen_session=;datagen_device=..;="),
        ("Cookie", $"datagen_session={new string('.', 4_000)}"),
        ("Origin", "null, \u00FF"),
        ("Content-Encoding", "gzip"),
        ("Expect", "the-unexpected"),
        ("X-Forwarded-For", "'; DROP TABLE"),
        ("Accept", ";;;,,,"),
        ("Range", "bytes=9-1"),
        ("If-Modified-Since", "yesterday"),
    ];

    private static readonly (string Path, string Type)[] Doors =
    [
        ("/api/auth/login", "application/json"),
        ("/login", "application/x-www-form-urlencoded"),
        ("/api/tasks", "application/json"),
    ];

    [Fact]
    public async Task No_garbage_is_an_error_of_ours_or_more_than_a_line_in_the_log()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var targets = gateway
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint =>
                (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]).Select(method =>
                    (method, path: $"/{Path(endpoint.RoutePattern.RawText!)}")
                )
            )
            .Distinct()
            .ToList();
        Assert.True(targets.Count > 30, $"{targets.Count} endpoints");
        var sent = 0;
        foreach (var (method, path) in targets)
        {
            foreach (var client in new[] { gateway.Client, ann })
            {
                foreach (var (type, body) in method is "GET" ? [] : Bodies)
                {
                    await SendAsync(client, method, path, type, body, null);
                }
            }

            foreach (var (name, value) in Headers)
            {
                await SendAsync(gateway.Client, method, path, "application/json", "{}"u8.ToArray(), (name, value));
            }
        }

        string[] addresses =
        [
            "/%00",
            "/%ff%fe",
            "/api/tasks/%2e%2e%2f",
            "/api/tasks/%00/records",
            "/login?returnUrl=%00&error=%ff",
            "/?a[]=&=&%",
            $"/{new string('a', 6_000)}",
            "/api/../../etc/passwd",
            "/css/%2e%2e/%2e%2e/x",
            "/api/tasks?cursor=%00&limit=99999999999999999999",
        ];
        foreach (var address in addresses)
        {
            await SendAsync(gateway.Client, "GET", address, "", [], null);
            await SendAsync(ann, "GET", address, "", [], null);
        }

        Assert.True(sent > 500, $"{sent} requests");

        async Task SendAsync(
            HttpClient client,
            string method,
            string path,
            string type,
            byte[] body,
            (string Name, string Value)? header
        )
        {
            sent++;
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (body.Length > 0 && method is not "GET")
            {
                request.Content = new ByteArrayContent(body);
                if (type.Length > 0)
                {
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                }
            }

            if (header is { } extra && !request.Headers.TryAddWithoutValidation(extra.Name, extra.Value))
            {
                request.Content?.Headers.TryAddWithoutValidation(extra.Name, extra.Value);
            }

            gateway.Logs.Clear();
            using var response = await AnswerAsync(client, request) ?? await AnswerAsync(client, Copy(request, body));
            if (response is null && body.Length > LargestRead)
            {
                // The answer came while the body was still being sent, and the connection closed on it.
                return;
            }

            Assert.True(response is not null, $"{method} {path} {type} {body.Length} {header}: no answer");
            var told = gateway.Logs.GetSnapshot().Where(line => line.Level >= LogLevel.Warning).ToList();

            string Errors() => string.Join(" | ", told.Select(line => $"{line.Message} {line.Exception}"));
            var what = $"{method} {path[..Math.Min(path.Length, 60)]} {type} {header}";
            Assert.True((int)response!.StatusCode < 500, $"{what}: {response.StatusCode}: {Errors()}");
            Assert.True(told.Count <= 1, $"{what}: {Errors()}");
        }
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/login")]
    [InlineData("GET", "/css/app.css")]
    [InlineData("POST", "/tasks/1")]
    [InlineData("POST", "/api/auth/login")]
    public async Task A_form_in_a_charset_that_nobody_reads_goes_no_further(string method, string path)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = new StringContent("a=b");
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation(
            "Content-Type",
            "application/x-www-form-urlencoded; charset=utf-7"
        );

        using var answer = await ann.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Empty(gateway.Web.Requests);
    }

    /// <summary>What a client library would not send: lengths that are none, or that are not kept to.</summary>
    [Theory]
    [InlineData("Content-Length: -1", "{}")]
    [InlineData("Content-Length: NaN", "{}")]
    [InlineData("Content-Length: 1e3", "{}")]
    [InlineData("Content-Length: 99999999999999999999", "{}")]
    [InlineData("Content-Length: 2\r\nContent-Length: 3", "{}x")]
    [InlineData("Content-Length: 2\r\nTransfer-Encoding: chunked", "2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 500", "{\"username\":")]
    [InlineData("Transfer-Encoding: chunked", "zz\r\n{}\r\n")]
    [InlineData("Transfer-Encoding: chunked", "ffffffffffffffff\r\n{}\r\n")]
    [InlineData("Transfer-Encoding: chunked", "500\r\n{}")]
    [InlineData("Transfer-Encoding: gzip", "{}")]
    [InlineData("", "{}")]
    public async Task A_length_that_is_none_or_not_kept_to_is_the_senders_mistake(string lengths, string body)
    {
        await using var gateway = await GatewayHost.StartAsync();
        var address = gateway.Client.BaseAddress!;
        foreach (var (path, type) in Doors)
        {
            gateway.Logs.Clear();
            using var connection = new TcpClient();
            await connection.ConnectAsync(address.Host, address.Port, Ct);
            var stream = connection.GetStream();
            var head = $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: {type}\r\n";
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"{head}{lengths}{(lengths.Length > 0 ? "\r\n" : "")}\r\n{body}"),
                Ct
            );
            connection.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.ASCII);

            string? status;
            try
            {
                status = await reader.ReadLineAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Ct);
            }
            catch (IOException)
            {
                // Who closes before the body has come may get no answer.
                status = null;
            }

            Assert.True(
                status is null || status.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || Redirects(status),
                $"{path} {lengths}: {status}"
            );
            var told = gateway.Logs.GetSnapshot().Where(line => line.Level >= LogLevel.Warning).ToList();
            Assert.True(told.Count <= 1, $"{path} {lengths}: {string.Join(" | ", told.Select(line => line.Message))}");
            using var next = await gateway.Client.GetAsync("/api/auth/me", Ct);
            Assert.Equal(HttpStatusCode.Unauthorized, next.StatusCode);
        }

        // 302 leads to the sign-in page; 303 is the form's own answer to one that names no user, which a body that can
        // be read after all is.
        static bool Redirects(string status) => status.StartsWith("HTTP/1.1 30", StringComparison.Ordinal);
    }

    // A connection that was closed after a large body was refused may still be taken for the next request.
    private static HttpRequestMessage Copy(HttpRequestMessage request, byte[] body)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        copy.Content = request.Content is null ? null : new ByteArrayContent(body);
        foreach (var (name, values) in request.Content?.Headers.NonValidated ?? default)
        {
            copy.Content!.Headers.TryAddWithoutValidation(name, values);
        }

        return copy;
    }

    private static async Task<HttpResponseMessage?> AnswerAsync(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            return await client.SendAsync(request, Ct);
        }
        catch (HttpRequestException exception)
            when (exception.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.Unknown)
        {
            return null;
        }
    }

    private static string Path(string pattern) =>
        pattern
            .Replace("{**path}", "x.css", StringComparison.Ordinal)
            .Replace("{id}", "1", StringComparison.Ordinal)
            .Replace("{name}", "nobody", StringComparison.Ordinal)
            .TrimStart('/')
            .Replace("{file:regex(^favicon[\\w.-]*$)}", "favicon.ico", StringComparison.Ordinal)
            .Replace("{**rest}", "x", StringComparison.Ordinal);
}
