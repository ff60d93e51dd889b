using System.Buffers;

namespace DataGen.Mock.Node;

/// <summary>Reads request bodies whole.</summary>
internal static class RequestBody
{
    /// <summary>Whether FastAPI would read the body as JSON.</summary>
    public static bool IsJson(HttpRequest request)
    {
        if (request.ContentType is not { } type)
        {
            return true;
        }

        var end = type.IndexOf(';', StringComparison.Ordinal);
        var media = (end < 0 ? type : type[..end]).Trim();
        return media.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The whole body, not copied: tell the reader with <c>AdvanceTo(body.End)</c> when it is done
    /// with.</summary>
    public static async ValueTask<ReadOnlySequence<byte>> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.IsCompleted)
            {
                return read.Buffer;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
