using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Mock.Hosting;

/// <summary>Writes finished JSON bodies.</summary>
internal static class Responses
{
    /// <summary>Text stays readable: what is beyond ASCII is not escaped.</summary>
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON that <paramref name="write"/> writes, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }

    public static Task WriteJsonAsync(HttpContext context, int status, JsonNode body) =>
        WriteJsonAsync(context, status, Json(json => body.WriteTo(json)));

    /// <summary>Writes a body that is JSON already, with what comes before it and after it.</summary>
    public static async Task WriteJsonAsync(
        HttpContext context,
        int status,
        ReadOnlyMemory<byte> body,
        ReadOnlyMemory<byte> head = default,
        ReadOnlyMemory<byte> tail = default
    )
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = head.Length + body.Length + tail.Length;
        response.BodyWriter.Write(head.Span);
        response.BodyWriter.Write(body.Span);
        response.BodyWriter.Write(tail.Span);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>400 for a mistake in a call of the mock's own endpoints.</summary>
    public static Task WriteProblemAsync(HttpContext context, string problem) =>
        WriteJsonAsync(context, StatusCodes.Status400BadRequest, new JsonObject { ["detail"] = problem });
}
