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
    private readonly R1fsFaults faults = allFaults.R1fs;
    private readonly CallGate gate = new(allFaults.R1fs.Serialised);

    /// <summary>Answers with the result of a call, behind the switches that concern every call.</summary>
    /// <param name="call">Makes the result; null when it has answered by itself.</param>
    public async Task RunAsync(HttpContext context, Func<HttpContext, Task<JsonObject?>> call)
    {
        if (await CallFaults.IsDownAsync(context, faults.Down))
        {
            return;
        }

        using var turn = await gate.EnterAsync(context.RequestAborted);
        if (await call(context) is { } result)
        {
            await NodeResponses.Main.WriteResultAsync(context, result);
        }
    }

    /// <summary>What <c>ipfs id</c> says.</summary>
    public static Task<JsonObject?> StatusAsync(HttpContext context) =>
        Task.FromResult<JsonObject?>(
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
    public async Task<JsonObject?> AddFileAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType
            ? await context.Request.ReadFormAsync(context.RequestAborted)
            : FormCollection.Empty;
        if (form.Files.GetFile("file") is not { } file)
        {
            throw NodeException.Wrong(InputProblem.Missing("body", "file"));
        }

        var secret = ReadSecret(form["body"]);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, context.RequestAborted);
        var id = await AddAsync(
            context,
            new R1fsContent(file.FileName, bytes.ToArray()),
            secret,
            nonce: null,
            error => new NodeException(StatusCodes.Status500InternalServerError, $"Internal server error: {error}")
        );
        return new JsonObject { ["message"] = "File uploaded successfully", ["cid"] = id };
    }

    public async Task<JsonObject?> AddBase64Async(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context);
        var text = body.Text("file_base64_str", required: true);
        var (name, secret, nonce) = (body.Text("filename"), body.Text("secret"), body.Whole("nonce"));
        body.Check();
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text!);
        }
        catch (FormatException)
        {
            throw NodeException.Raised("Error in add_file_base64: Incorrect padding");
        }

        var content = new R1fsContent(string.IsNullOrEmpty(name) ? "file.bin" : name, bytes);
        return Id(await AddAsync(context, content, secret, nonce, Raised));
    }

    public async Task<JsonObject?> AddJsonAsync(HttpContext context)
    {
        var (content, secret, nonce) = await ReadJsonContentAsync(context, nonceRequired: false);
        return Id(await AddAsync(context, content, secret, nonce, Raised));
    }

    /// <summary>The id that the JSON would get; nothing is kept.</summary>
    public static async Task<JsonObject?> CalculateJsonAsync(HttpContext context)
    {
        var (content, secret, nonce) = await ReadJsonContentAsync(context, nonceRequired: true);
        return Id(ContentId.Of(R1fsCipher.Encrypt(content, secret, nonce)));
    }

    /// <summary>The bytes as they are; a missing file is 404.</summary>
    public async Task<JsonObject?> GetFileAsync(HttpContext context)
    {
        if (context.Request.Query["cid"] is not { Count: > 0 } given)
        {
            throw NodeException.Wrong(InputProblem.Missing("query", "cid"));
        }

        await BeginAsync(context, faults.ReadLatencyMs, "get_file");
        var id = given[^1] ?? "";
        var content =
            await FindAsync(id, context.Request.Query["secret"], context.RequestAborted)
            ?? throw new NodeException(StatusCodes.Status404NotFound, "File not found!");
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = content.Bytes.Length;
        // The node's own path and the name; what is beyond ASCII is escaped, as a header needs it.
        context.Response.Headers["x-meta"] = new JsonObject
        {
            ["file"] = $"/r1fs/{id}/{content.Name}",
            ["filename"] = content.Name,
        }.ToJsonString();
        await context.Response.Body.WriteAsync(content.Bytes, context.RequestAborted);
        return null;
    }

    /// <summary>The bytes as base64; a missing file is 200 with <c>error</c>.</summary>
    public async Task<JsonObject?> GetBase64Async(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context);
        var (id, secret) = (body.Text("cid", required: true), body.Text("secret"));
        body.Check();
        await BeginAsync(context, faults.ReadLatencyMs, "get_file_base64");
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

        return result;
    }

    public async Task<JsonObject?> DeleteAsync(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context);
        var id = body.Text("cid", required: true);
        body.Check();
        await BeginAsync(context, faults.WriteLatencyMs, "delete_file");
        var deleted = Delete(id!);
        return new JsonObject
        {
            ["success"] = deleted,
            ["message"] = deleted ? $"File {id} deleted successfully" : $"Failed to delete file {id}",
            ["cid"] = id,
        };
    }

    public async Task<JsonObject?> DeleteManyAsync(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context);
        var ids = body.List("cids", JsonValueKind.String);
        body.Check();
        await BeginAsync(context, faults.WriteLatencyMs, "delete_files");
        var done = ids.Select(id => id.GetString()!).ToLookup(Delete);
        JsonArray Ids(bool outcome) => new([.. done[outcome].Select(id => JsonValue.Create(id))]);
        return new JsonObject
        {
            ["success"] = Ids(true),
            ["failed"] = Ids(false),
            ["total"] = ids.Count,
            ["success_count"] = done[true].Count(),
            ["failed_count"] = done[false].Count(),
        };
    }

    public void Dispose() => gate.Dispose();

    /// <summary>Keeps a file.</summary>
    /// <param name="failure">How the endpoint reports what went wrong.</param>
    /// <returns>The id, or null when a switch says so.</returns>
    private async Task<string?> AddAsync(
        HttpContext context,
        R1fsContent content,
        string? secret,
        long? nonce,
        Func<string, NodeException> failure
    )
    {
        await CallFaults.WaitAsync(faults.WriteLatencyMs, clock, context.RequestAborted);
        if (dice.Hits(faults.CidNull))
        {
            return null;
        }

        if (dice.Hits(faults.DiskFull))
        {
            throw failure(NoSpace);
        }

        if (dice.Hits(faults.ErrorRate))
        {
            throw failure(ToldToFail);
        }

        try
        {
            var id = await folder.AddAsync(content, secret, nonce, context.RequestAborted);
            statistics.R1fs.Added(content.Bytes.Length);
            return id;
        }
        catch (IOException exception)
        {
            throw failure(exception.Message);
        }
    }

    private static NodeException Raised(string error) => NodeException.Raised($"Error in add_file: {error}");

    private static JsonObject Id(string? id) => new() { ["cid"] = id };

    private static async Task<(R1fsContent Content, string? Secret, long? Nonce)> ReadJsonContentAsync(
        HttpContext context,
        bool nonceRequired
    )
    {
        var body = await JsonBody.ReadAsync(context);
        var data = body.Object("data", required: true);
        var (name, secret, nonce) = (body.Text("fn"), body.Text("secret"), body.Whole("nonce", nonceRequired));
        body.Check();
        var content = new R1fsContent(string.IsNullOrEmpty(name) ? "data.json" : name, PythonJson.Dump(data!.Value));
        return (content, secret, nonce);
    }

    private static string? ReadSecret(string? body)
    {
        try
        {
            return
                !string.IsNullOrWhiteSpace(body)
                && JsonElement.Parse(body) is { ValueKind: JsonValueKind.Object } members
                && members.TryGetProperty("secret", out var secret)
                && secret.ValueKind is JsonValueKind.String
                ? secret.GetString()
                : null;
        }
        catch (JsonException)
        {
            throw new NodeException(StatusCodes.Status400BadRequest, "Invalid JSON in form field 'body'");
        }
    }

    /// <summary>Takes the time that a call takes, and fails when told to.</summary>
    private async Task BeginAsync(HttpContext context, Fault<double> latency, string name)
    {
        await CallFaults.WaitAsync(latency, clock, context.RequestAborted);
        if (dice.Hits(faults.ErrorRate))
        {
            throw NodeException.Raised($"Error in {name}: {ToldToFail}");
        }
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
