using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using DataGen.Ratio1.Json;

namespace DataGen.Ratio1.Http;

/// <summary>JSON bodies as <c>JSON.stringify</c> would write them, encoded once and sent with every attempt.</summary>
internal static class JsonBody
{
    /// <summary>Writes one object and returns a maker of its content.</summary>
    public static Func<HttpContent> Of(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonStringifyEncoder.WriterOptions))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return () =>
            new ReadOnlyMemoryContent(buffer.WrittenMemory)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
    }
}
