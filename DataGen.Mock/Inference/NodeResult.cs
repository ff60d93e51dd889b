using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Mock.Faults;
using DataGen.Mock.Hosting;
using DataGen.Mock.Node;

namespace DataGen.Mock.Inference;

/// <summary>The <c>result</c> of the Ratio1 API.</summary>
/// <param name="Json">An object, as JSON.</param>
/// <param name="Error">The error it reports, or null.</param>
internal sealed record NodeResult(ReadOnlyMemory<byte> Json, string? Error)
{
    /// <summary>An answer: <c>{"REQUEST_ID", "MODEL_NAME", "TEXT_RESPONSE", "FULL_OUTPUT", …}</c>.</summary>
    public static NodeResult Answer(Completion completion, string model, InferenceFaults faults)
    {
        var form = faults.Form.Take();
        return Write(
            null,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("REQUEST_ID", completion.Id);
                json.WriteString("MODEL_NAME", model);
                json.WritePropertyName("TEXT_RESPONSE");
                WriteOne(json, form, () => json.WriteStringValue(completion.Text));
                json.WritePropertyName("FULL_OUTPUT");
                WriteOne(
                    json,
                    form,
                    () =>
                    {
                        if (form is "text")
                        {
                            json.WriteStringValue(completion.Text);
                        }
                        else
                        {
                            ChatCompletion.WriteTo(json, completion, model);
                        }
                    }
                );
                WriteNodes(json);
                json.WriteNumber("BALANCING_ELAPSED_TIME", 0.001);
                json.WriteNumber("INFERENCE_ELAPSED_TIME", Math.Round(completion.Elapsed.TotalSeconds, 4));
                if (faults.Delegated.Take())
                {
                    json.WriteString("status", "completed");
                    json.WriteString("request_id", completion.Id);
                }

                json.WriteEndObject();
            }
        );
    }

    /// <summary><c>{"error"}</c>, or <c>{"error", "status", "request_id"}</c> as far as there are such.</summary>
    public static NodeResult Failure(string error, string? status = null, string? requestId = null) =>
        Of(
            Without(
                new JsonObject
                {
                    ["error"] = error,
                    ["status"] = status,
                    ["request_id"] = requestId,
                }
            ),
            error
        );

    /// <summary>The model did not answer in time.</summary>
    public static NodeResult TimedOut(Completion completion) =>
        Of(
            new JsonObject
            {
                ["error"] = "Request timed out.",
                ["status"] = "timeout",
                ["request_id"] = completion.Id,
                ["timeout"] = completion.TimeoutSeconds,
                ["EXECUTOR_NODE_ADDR"] = NodeIdentity.Main.Address,
                ["EXECUTOR_NODE_ALIAS"] = NodeIdentity.Main.Alias,
                ["DELEGATOR_NODE_ADDR"] = NodeIdentity.Main.Address,
                ["DELEGATOR_NODE_ALIAS"] = NodeIdentity.Main.Alias,
            },
            "Request timed out."
        );

    public static NodeResult Of(JsonObject result, string? error = null) => Write(error, json => result.WriteTo(json));

    /// <summary>Sends it: wrapped in <c>result</c>, or, when the node is configured RAW, with its members beside the
    /// metadata and an error as a 500.</summary>
    public Task SendAsync(HttpContext context, bool raw)
    {
        var responses = NodeResponses.Main;
        if (!raw)
        {
            return responses.WriteResultAsync(context, Json);
        }

        if (Error is not null)
        {
            return responses.WriteFailureAsync(context, StatusCodes.Status500InternalServerError, Error);
        }

        return Responses.WriteJsonAsync(
            context,
            StatusCodes.Status200OK,
            json =>
            {
                json.WriteStartObject();
                responses.WriteMetadata(json);
                using var result = JsonDocument.Parse(Json);
                foreach (var member in result.RootElement.EnumerateObject())
                {
                    member.WriteTo(json);
                }

                json.WriteEndObject();
            }
        );
    }

    /// <summary>A result that <paramref name="write"/> writes.</summary>
    public static NodeResult Write(string? error, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Responses.Relaxed))
        {
            write(json);
        }

        return new NodeResult(buffer.WrittenMemory, error);
    }

    /// <summary>The object without the members that are null.</summary>
    private static JsonObject Without(JsonObject result)
    {
        foreach (var name in result.Where(member => member.Value is null).Select(member => member.Key).ToArray())
        {
            result.Remove(name);
        }

        return result;
    }

    /// <summary>A value, or a list of it where the form is <c>list</c>.</summary>
    private static void WriteOne(Utf8JsonWriter json, string form, Action write)
    {
        if (form is "list")
        {
            json.WriteStartArray();
        }

        write();
        if (form is "list")
        {
            json.WriteEndArray();
        }
    }

    private static void WriteNodes(Utf8JsonWriter json)
    {
        json.WriteString("EXECUTOR_NODE_ADDR", NodeIdentity.Main.Address);
        json.WriteString("EXECUTOR_NODE_ALIAS", NodeIdentity.Main.Alias);
        json.WriteString("DELEGATOR_NODE_ADDR", NodeIdentity.Main.Address);
        json.WriteString("DELEGATOR_NODE_ALIAS", NodeIdentity.Main.Alias);
    }
}
