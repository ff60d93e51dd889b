using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Mock.Hosting;

/// <summary>Writes finished JSON bodies.</summary>
internal static class Responses
{
    /// <summary>Text stays readable: what is beyond ASCII is not escaped.</summary>
    public static JsonWriterOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteJsonAsync(HttpContext context, int status, ReadOnlyMemory<byte> body) =>
        WriteJsonAsync(context, status, body, default, default);

    /// <summary>Writes a body that lies in up to three pieces.</summary>
    public static async Task WriteJsonAsync(
        HttpContext context,
        int status,
        ReadOnlyMemory<byte> head,
        ReadOnlyMemory<byte> middle,
        ReadOnlyMemory<byte> tail
    )
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = head.Length + middle.Length + tail.Length;
        response.BodyWriter.Write(head.Span);
        response.BodyWriter.Write(middle.Span);
        response.BodyWriter.Write(tail.Span);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Lets <paramref name="write"/> write the body.</summary>
    public static Task WriteJsonAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            write(json);
        }

        return WriteJsonAsync(context, status, buffer.WrittenMemory);
    }

    public static Task WriteJsonAsync(HttpContext context, int status, JsonNode body) =>
        WriteJsonAsync(context, status, json => body.WriteTo(json));

    /// <summary>400 for a mistake in a call of the mock's own endpoints.</summary>
    public static Task WriteProblemAsync(HttpContext context, string problem) =>
        WriteJsonAsync(context, StatusCodes.Status400BadRequest, new JsonObject { ["detail"] = problem });
}
