using System.Text.Json.Nodes;
using DataGen.Mock.Faults;
using DataGen.Mock.Hosting;
using DataGen.Mock.Node;

namespace DataGen.Mock.Inference;

/// <summary>The <c>result</c> of the Ratio1 API, which reports a failure by its member <c>error</c>.</summary>
internal static class NodeResults
{
    private const string Error = "error";
    private static readonly (string Name, string Value)[] Nodes =
    [
        ("EXECUTOR_NODE_ADDR", NodeIdentity.Main.Address),
        ("EXECUTOR_NODE_ALIAS", NodeIdentity.Main.Alias),
        ("DELEGATOR_NODE_ADDR", NodeIdentity.Main.Address),
        ("DELEGATOR_NODE_ALIAS", NodeIdentity.Main.Alias),
    ];

    /// <summary>An answer, as JSON: <c>{"REQUEST_ID", "MODEL_NAME", "TEXT_RESPONSE", "FULL_OUTPUT", …}</c>. It is what
    /// is sent the most often, so it is written and not built.</summary>
    public static ReadOnlyMemory<byte> Answer(Completion completion, string model, InferenceFaults faults)
    {
        var form = faults.Form.Take();
        return Responses.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("REQUEST_ID", completion.Id);
            json.WriteString("MODEL_NAME", model);
            WriteInForm("TEXT_RESPONSE", isFull: false);
            WriteInForm("FULL_OUTPUT", isFull: form is not "text");
            foreach (var (name, value) in Nodes)
            {
                json.WriteString(name, value);
            }

            json.WriteNumber("BALANCING_ELAPSED_TIME", 0.001);
            json.WriteNumber("INFERENCE_ELAPSED_TIME", Math.Round(completion.Elapsed.TotalSeconds, 4));
            if (faults.Delegated.Take())
            {
                json.WriteString("status", "completed");
                json.WriteString("request_id", completion.Id);
            }

            json.WriteEndObject();

            void WriteInForm(string name, bool isFull)
            {
                json.WritePropertyName(name);
                if (form is "list")
                {
                    json.WriteStartArray();
                }

                if (isFull)
                {
                    ChatCompletion.WriteTo(json, completion, model);
                }
                else
                {
                    json.WriteStringValue(completion.Text);
                }

                if (form is "list")
                {
                    json.WriteEndArray();
                }
            }
        });
    }

    /// <summary><c>{"error"}</c>, or <c>{"error", "status", "request_id"}</c> as far as there are such.</summary>
    public static JsonObject Failure(string error, string? status = null, string? requestId = null)
    {
        var result = new JsonObject { [Error] = error };
        if (status is not null)
        {
            result["status"] = status;
        }

        if (requestId is not null)
        {
            result["request_id"] = requestId;
        }

        return result;
    }

    /// <summary>The model did not answer in time.</summary>
    public static JsonObject TimedOut(Completion completion)
    {
        var result = Failure("Request timed out.", "timeout", completion.Id);
        result["timeout"] = completion.TimeoutSeconds;
        foreach (var (name, value) in Nodes)
        {
            result[name] = value;
        }

        return result;
    }

    /// <summary>The error that a result reports, or null.</summary>
    public static string? ErrorOf(JsonObject result) => (string?)result[Error];

    /// <summary>Sends it: wrapped in <c>result</c>, or, when the node is configured RAW, with its members beside the
    /// metadata and an error as a 500. What tells everything of a request, its error too, is none.</summary>
    public static Task SendAsync(HttpContext context, JsonObject result, bool raw, bool tellsAll = false) =>
        !raw ? NodeResponses.Main.WriteResultAsync(context, result)
        : !tellsAll && ErrorOf(result) is { } error
            ? throw new NodeException(StatusCodes.Status500InternalServerError, error)
        : Responses.WriteJsonAsync(context, StatusCodes.Status200OK, NodeResponses.Main.WithMetadata(result));
}
