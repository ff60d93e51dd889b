using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Ratio1.Http;
using Microsoft.Extensions.Logging;

namespace DataGen.Ratio1.R1fs;

/// <summary>R1FS over the HTTP API of a Ratio1 node (edge_node r1fs_manager_api.py), with the requests that
/// <c>@ratio1/edge-sdk-ts</c> sends.</summary>
public sealed class HttpR1fs : IR1fs
{
    private readonly NodeClient node;
    private readonly R1fsOptions options;

    /// <summary>Creates a client.</summary>
    /// <param name="http">Sends the requests; without a time-out or retries of its own.</param>
    /// <param name="options">The node's address, deadline and retries.</param>
    /// <param name="time">The clock of deadlines and pauses.</param>
    /// <param name="logger">Logs repetitions; never CIDs, content or secrets.</param>
    public HttpR1fs(HttpClient http, R1fsOptions options, TimeProvider time, ILogger<HttpR1fs> logger)
    {
        this.options = options;
        node = new NodeClient("R1FS", http, options, time, logger);
    }

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) =>
        CallAsync(
            new NodeRequest("get_status", "", null, options.Retries),
            (_, result) => result.ValueKind,
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<string> AddFileAsync(Stream content, R1fsFile file, CancellationToken cancellationToken)
    {
        var retries = content.CanSeek ? options.Retries : 0;
        return AddAsync(new NodeRequest("add_file", "", MultipartFile.Of(content, file), retries), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string> AddFileBase64Async(
        ReadOnlyMemory<byte> content,
        R1fsFile file,
        CancellationToken cancellationToken
    ) =>
        AddAsync(
            Post(
                "add_file_base64",
                writer =>
                {
                    writer.WriteBase64String("file_base64_str", content.Span);
                    writer.WriteString("filename", file.Name);
                    WriteProtection(writer, file.Secret, file.Nonce);
                }
            ),
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<string> AddJsonAsync(JsonObject data, R1fsFile file, CancellationToken cancellationToken) =>
        AddAsync(
            Post(
                "add_json",
                writer =>
                {
                    writer.WritePropertyName("data");
                    data.WriteTo(writer);
                    writer.WriteString("fn", file.Name);
                    WriteProtection(writer, file.Secret, file.Nonce);
                }
            ),
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<Stream> GetFileAsync(string cid, string? secret, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(cid);
        var request = new NodeRequest(
            "get_file",
            FormQuery.Of(("cid", cid), ("secret", secret)),
            null,
            options.Retries
        );
        return await GuardAsync(() =>
            node.RunAsync(
                request,
                async (response, token) =>
                    response.Content.Headers.ContentType?.MediaType == "application/json"
                        ? throw await node.CallFailureAsync(request, response, token)
                        : new BoundedStream(
                            await response.Content.ReadAsStreamAsync(token),
                            options.MaximumAnswerBytes
                        ),
                cancellationToken
            )
        );
    }

    /// <inheritdoc/>
    public Task<R1fsContent> GetFileBase64Async(string cid, string? secret, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(cid);
        var request = Post(
            "get_file_base64",
            writer =>
            {
                writer.WriteString("cid", cid);
                WriteProtection(writer, secret, null);
            }
        );

        // A missing file has status 200: {"error":"Failed to retrieve file with CID
        // …","file_base64_str":null,"filename":null}
        return CallAsync(
            request,
            (_, result) =>
                result.ValueKind == JsonValueKind.Object
                && result.TryGetProperty("file_base64_str", out var text)
                && text.ValueKind == JsonValueKind.String
                    ? text.TryGetBytesFromBase64(out var bytes)
                        ? new R1fsContent(bytes, JsonAnswer.Text(result, "filename"))
                        : throw node.Failure(request, "answered with something that is not base64", isTransient: false)
                    : throw node.Failure(
                        request,
                        "answered without the file",
                        isTransient: false,
                        HttpStatusCode.NotFound
                    ),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task DeleteFileAsync(string cid, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(cid);
        var request = Post("delete_file", writer => writer.WriteString("cid", cid));

        // {"success":false,"message":"…","cid":"Qm…"}
        return CallAsync(
            request,
            (_, result) =>
                result.ValueKind == JsonValueKind.Object
                && result.TryGetProperty("success", out var success)
                && success.ValueKind == JsonValueKind.True
                    ? true
                    : throw node.Failure(
                        request,
                        $"did not delete the file ({JsonAnswer.Text(result, "message") ?? "no reason given"})",
                        isTransient: true
                    ),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task<R1fsDeletion> DeleteFilesAsync(
        IReadOnlyCollection<string> cids,
        CancellationToken cancellationToken
    )
    {
        if (cids.Count == 0)
        {
            return new R1fsDeletion([], []);
        }

        var request = Post(
            "delete_files",
            writer =>
            {
                writer.WriteStartArray("cids");
                foreach (var cid in cids)
                {
                    writer.WriteStringValue(cid);
                }

                writer.WriteEndArray();
            }
        );

        // {"success":["Qm…"],"failed":[],"total":1,"success_count":1,"failed_count":0}
        var deleted = await CallAsync(
            request,
            (_, result) =>
                result.ValueKind == JsonValueKind.Object
                && result.TryGetProperty("success", out var list)
                && list.ValueKind == JsonValueKind.Array
                    ? list.EnumerateArray().Select(CidOf).ToHashSet(StringComparer.Ordinal)
                    : throw node.Failure(request, "did not say what it deleted", isTransient: true),
            cancellationToken
        );
        return new R1fsDeletion([.. cids.Where(deleted.Contains)], [.. cids.Where(cid => !deleted.Contains(cid))]);
    }

    private static string? CidOf(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object ? JsonAnswer.Text(entry, "cid") : JsonAnswer.Value(entry);

    // The order of the TypeScript SDK: …, secret, nonce; a value that is not given is not sent.
    private static void WriteProtection(Utf8JsonWriter writer, string? secret, int? nonce)
    {
        if (secret is not null)
        {
            writer.WriteString("secret", secret);
        }

        if (nonce is { } number)
        {
            writer.WriteNumber("nonce", number);
        }
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (NodeException exception)
        {
            throw new R1fsException(
                exception.Message,
                exception.IsTransient,
                exception.Status == HttpStatusCode.NotFound,
                exception.InnerException
            );
        }
    }

    private NodeRequest Post(string endpoint, Action<Utf8JsonWriter> writeMembers) =>
        new(endpoint, "", JsonBody.Of(writeMembers), options.Retries);

    // {"cid":"Qm…"}; a failed add may answer 200 with {"cid":null}
    private Task<string> AddAsync(NodeRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            request,
            (_, result) =>
                JsonAnswer.Text(result, "cid") is { Length: > 0 } cid
                    ? cid
                    : throw node.Failure(request, "did not store the file", isTransient: true),
            cancellationToken
        );

    private Task<T> CallAsync<T>(
        NodeRequest request,
        Func<JsonElement, JsonElement, T> read,
        CancellationToken cancellationToken
    ) =>
        GuardAsync(() =>
            node.CallAsync(
                request,
                (root, result) =>
                    JsonAnswer.Text(result, "error") is { } words
                        ? throw node.Failure(
                            request,
                            $"answered with an error ({words})",
                            isTransient: !IsMissing(words),
                            IsMissing(words) ? HttpStatusCode.NotFound : null
                        )
                        : read(root, result),
                cancellationToken
            )
        );

    private static bool IsMissing(string words) =>
        words.Contains("Failed to retrieve file", StringComparison.OrdinalIgnoreCase)
        || words.Contains("not found", StringComparison.OrdinalIgnoreCase);
}
