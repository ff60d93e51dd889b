using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Mock.Faults;
using DataGen.Mock.Node;
using DataGen.Mock.Statistics;

namespace DataGen.Mock.R1fs;

/// <summary>What a node does with R1FS calls, faults included.</summary>
internal sealed class R1fsCalls(
    R1fsFolder folder,
    MockFaults allFaults,
    Dice dice,
    MockStatistics statistics,
    TimeProvider clock
) : IDisposable
{
    private const string NoSpace = "[Errno 28] No space left on device";
    private const string ToldToFail = "the mock was told to fail";
    private static readonly NodeResponses Node = NodeResponses.Main;
    private readonly R1fsFaults faults = allFaults.R1fs;
    private readonly CallGate gate = new(allFaults.R1fs.Serialised);

    /// <summary>Runs a call behind the switches that concern every call.</summary>
    public async Task RunAsync(HttpContext context, Func<HttpContext, Task> call)
    {
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            return;
        }

        using var turn = await gate.EnterAsync(context.RequestAborted);
        await call(context);
    }

    /// <summary>What <c>ipfs id</c> says.</summary>
    public static Task StatusAsync(HttpContext context) =>
        Node.WriteResultAsync(
            context,
            new JsonObject
            {
                ["ID"] = "12D3KooWMockDataGenNode111111111111111111111111111111",
                ["PublicKey"] = "CAESIMockDataGenNode",
                ["Addresses"] = new JsonArray(),
                ["AgentVersion"] = "datagen-mock",
                ["Protocols"] = new JsonArray(),
            }
        );

    /// <summary>Multipart: the name is the part's own; <c>filename</c> and <c>nonce</c> in <c>body</c> are ignored, as
    /// a node does.</summary>
    public async Task AddFileAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            await InputProblem.WriteAsync(context, [InputProblem.Missing("body", "file")]);
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.Files.GetFile("file") is not { } file)
        {
            await InputProblem.WriteAsync(context, [InputProblem.Missing("body", "file")]);
            return;
        }

        if (!TryReadSecret(form["body"], out var secret))
        {
            await Node.WriteFailureAsync(context, StatusCodes.Status400BadRequest, "Invalid JSON in form field 'body'");
            return;
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, context.RequestAborted);
        await AddAsync(
            context,
            new R1fsContent(file.FileName, bytes.ToArray()),
            secret,
            nonce: null,
            isMultipart: true
        );
    }

    public async Task AddBase64Async(HttpContext context)
    {
        if (await R1fsBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        var text = body.Text("file_base64_str", required: true);
        var (name, secret, nonce) = (body.Text("filename"), body.Text("secret"), body.Whole("nonce"));
        if (await body.IsRefusedAsync(context))
        {
            return;
        }

        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text!);
        }
        catch (FormatException)
        {
            await Node.WriteRaisedAsync(context, "Error in add_file_base64: Incorrect padding");
            return;
        }

        await AddAsync(context, new R1fsContent(string.IsNullOrEmpty(name) ? "file.bin" : name, bytes), secret, nonce);
    }

    public async Task AddJsonAsync(HttpContext context)
    {
        if (await ReadJsonContentAsync(context, nonceRequired: false) is not { } given)
        {
            return;
        }

        await AddAsync(context, given.Content, given.Secret, given.Nonce);
    }

    /// <summary>The id that the JSON would get; nothing is kept.</summary>
    public static async Task CalculateJsonAsync(HttpContext context)
    {
        if (await ReadJsonContentAsync(context, nonceRequired: true) is not { } given)
        {
            return;
        }

        await WriteIdAsync(
            context,
            ContentId.Of(R1fsCipher.Encrypt(given.Content, given.Secret, given.Nonce)),
            message: null
        );
    }

    /// <summary>The bytes as they are; a missing file is 404.</summary>
    public async Task GetFileAsync(HttpContext context)
    {
        if (context.Request.Query["cid"] is not { Count: > 0 } id)
        {
            await InputProblem.WriteAsync(context, [InputProblem.Missing("query", "cid")]);
            return;
        }

        if (await IsFailingAsync(context, faults.ReadLatencyMs, "get_file"))
        {
            return;
        }

        if (await FindAsync(id[^1] ?? "", context.Request.Query["secret"], context.RequestAborted) is not { } content)
        {
            await Node.WriteFailureAsync(context, StatusCodes.Status404NotFound, "File not found!");
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = content.Bytes.Length;
        // The node's own path and the name; what is beyond ASCII is escaped, as a header needs it.
        context.Response.Headers["x-meta"] = new JsonObject
        {
            ["file"] = $"/r1fs/{id[^1]}/{content.Name}",
            ["filename"] = content.Name,
        }.ToJsonString();
        await context.Response.Body.WriteAsync(content.Bytes, context.RequestAborted);
    }

    /// <summary>The bytes as base64; a missing file is 200 with <c>error</c>.</summary>
    public async Task GetBase64Async(HttpContext context)
    {
        if (await R1fsBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        var (id, secret) = (body.Text("cid", required: true), body.Text("secret"));
        if (await body.IsRefusedAsync(context))
        {
            return;
        }

        if (await IsFailingAsync(context, faults.ReadLatencyMs, "get_file_base64"))
        {
            return;
        }

        var content = await FindAsync(id!, secret, context.RequestAborted);
        var result = new JsonObject
        {
            ["file_base64_str"] = content is null ? null : Convert.ToBase64String(content.Bytes),
            ["filename"] = content?.Name,
        };
        if (content is null)
        {
            result["error"] = $"Failed to retrieve file with CID {id}";
        }

        await Node.WriteResultAsync(context, result);
    }

    public async Task DeleteAsync(HttpContext context)
    {
        if (await R1fsBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        var id = body.Text("cid", required: true);
        if (await body.IsRefusedAsync(context))
        {
            return;
        }

        if (await IsFailingAsync(context, faults.WriteLatencyMs, "delete_file"))
        {
            return;
        }

        var deleted = Delete(id!);
        await Node.WriteResultAsync(
            context,
            new JsonObject
            {
                ["success"] = deleted,
                ["message"] = deleted ? $"File {id} deleted successfully" : $"Failed to delete file {id}",
                ["cid"] = id,
            }
        );
    }

    public async Task DeleteManyAsync(HttpContext context)
    {
        if (await R1fsBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        var ids = body.Texts("cids");
        if (await body.IsRefusedAsync(context))
        {
            return;
        }

        if (await IsFailingAsync(context, faults.WriteLatencyMs, "delete_files"))
        {
            return;
        }

        var done = ids.ToLookup(Delete);
        JsonArray Ids(bool outcome) => new([.. done[outcome].Select(id => JsonValue.Create(id))]);
        await Node.WriteResultAsync(
            context,
            new JsonObject
            {
                ["success"] = Ids(true),
                ["failed"] = Ids(false),
                ["total"] = ids.Count,
                ["success_count"] = done[true].Count(),
                ["failed_count"] = done[false].Count(),
            }
        );
    }

    public void Dispose() => gate.Dispose();

    private async Task AddAsync(
        HttpContext context,
        R1fsContent content,
        string? secret,
        long? nonce,
        bool isMultipart = false
    )
    {
        var message = isMultipart ? "File uploaded successfully" : null;
        await CallFaults.WaitAsync(faults.WriteLatencyMs, clock, context.RequestAborted);
        if (dice.Hits(faults.CidNull))
        {
            await WriteIdAsync(context, null, message);
            return;
        }

        var error =
            dice.Hits(faults.DiskFull) ? NoSpace
            : dice.Hits(faults.ErrorRate) ? ToldToFail
            : null;
        string? id = null;
        try
        {
            if (error is null)
            {
                id = await folder.AddAsync(content, secret, nonce, context.RequestAborted);
            }
        }
        catch (IOException exception)
        {
            error = exception.Message;
        }

        if (error is not null)
        {
            await (
                isMultipart
                    ? Node.WriteFailureAsync(
                        context,
                        StatusCodes.Status500InternalServerError,
                        $"Internal server error: {error}"
                    )
                    : Node.WriteRaisedAsync(context, $"Error in add_file: {error}")
            );
            return;
        }

        statistics.R1fs.Added(content.Bytes.Length);
        await WriteIdAsync(context, id, message);
    }

    private static Task WriteIdAsync(HttpContext context, string? id, string? message) =>
        Node.WriteResultAsync(
            context,
            message is null ? new JsonObject { ["cid"] = id } : new JsonObject { ["message"] = message, ["cid"] = id }
        );

    private static async Task<(R1fsContent Content, string? Secret, long? Nonce)?> ReadJsonContentAsync(
        HttpContext context,
        bool nonceRequired
    )
    {
        if (await R1fsBody.ReadAsync(context) is not { } body)
        {
            return null;
        }

        var data = body.Object("data");
        var (name, secret, nonce) = (body.Text("fn"), body.Text("secret"), body.Whole("nonce", nonceRequired));
        if (await body.IsRefusedAsync(context))
        {
            return null;
        }

        return (
            new R1fsContent(string.IsNullOrEmpty(name) ? "data.json" : name, PythonJson.Dump(data!.Value)),
            secret,
            nonce
        );
    }

    private static bool TryReadSecret(string? body, out string? secret)
    {
        secret = null;
        if (string.IsNullOrWhiteSpace(body))
        {
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            if (
                document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("secret", out var given)
                && given.ValueKind is JsonValueKind.String
            )
            {
                secret = given.GetString();
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task<bool> IsFailingAsync(HttpContext context, Fault<double> latency, string name)
    {
        await CallFaults.WaitAsync(latency, clock, context.RequestAborted);
        if (!dice.Hits(faults.ErrorRate))
        {
            return false;
        }

        await Node.WriteRaisedAsync(context, $"Error in {name}: {ToldToFail}");
        return true;
    }

    private async Task<R1fsContent?> FindAsync(string id, string? secret, CancellationToken cancellationToken)
    {
        statistics.R1fs.Got();
        return dice.Hits(faults.NotFound) ? null : await folder.FindAsync(id, secret, cancellationToken);
    }

    private bool Delete(string id)
    {
        statistics.R1fs.Deleted();
        return folder.Delete(id);
    }
}
