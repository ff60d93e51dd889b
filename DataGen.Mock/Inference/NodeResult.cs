using System.Buffers;
using System.Text.Json;
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
                if (form is "list")
                {
                    json.WriteStartArray();
                }

                json.WriteStringValue(completion.Text);
                if (form is "list")
                {
                    json.WriteEndArray();
                }

                json.WritePropertyName("FULL_OUTPUT");
                if (form is "list")
                {
                    json.WriteStartArray();
                }

                if (form is "text")
                {
                    json.WriteStringValue(completion.Text);
                }
                else
                {
                    ChatCompletion.WriteTo(json, completion, model);
                }

                if (form is "list")
                {
                    json.WriteEndArray();
                }

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
        Write(
            error,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("error", error);
                if (status is not null)
                {
                    json.WriteString("status", status);
                }

                if (requestId is not null)
                {
                    json.WriteString("request_id", requestId);
                }

                json.WriteEndObject();
            }
        );

    /// <summary>The model did not answer in time.</summary>
    public static NodeResult TimedOut(Completion completion) =>
        Write(
            "Request timed out.",
            json =>
            {
                json.WriteStartObject();
                json.WriteString("error", "Request timed out.");
                json.WriteString("status", "timeout");
                json.WriteString("request_id", completion.Id);
                json.WriteNumber("timeout", completion.TimeoutSeconds);
                WriteNodes(json);
                json.WriteEndObject();
            }
        );

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

    private static void WriteNodes(Utf8JsonWriter json)
    {
        json.WriteString("EXECUTOR_NODE_ADDR", NodeIdentity.Main.Address);
        json.WriteString("EXECUTOR_NODE_ALIAS", NodeIdentity.Main.Alias);
        json.WriteString("DELEGATOR_NODE_ADDR", NodeIdentity.Main.Address);
        json.WriteString("DELEGATOR_NODE_ALIAS", NodeIdentity.Main.Alias);
    }
}
