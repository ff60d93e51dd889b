using System.IO.Pipelines;
using System.Text;

namespace DataGen.Gateway.Api.Events;

/// <summary>Writes a <c>text/event-stream</c> as the HTML standard defines it; every event leaves at once.</summary>
internal sealed class SseWriter(PipeWriter body)
{
    /// <summary>Tells the browser how long to wait before it connects again.</summary>
    public Task WriteRetryAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        WriteAsync($"retry: {(int)wait.TotalMilliseconds}\n\n", [], "", cancellationToken);

    /// <summary>A line the browser ignores; it keeps proxies from closing a quiet connection.</summary>
    public Task WriteCommentAsync(CancellationToken cancellationToken) =>
        WriteAsync(":\n\n", [], "", cancellationToken);

    /// <summary>One event. <paramref name="json"/> must have no line breaks, as compact JSON has none.</summary>
    public Task WriteEventAsync(string type, string id, ReadOnlySpan<byte> json, CancellationToken cancellationToken) =>
        WriteAsync($"id: {id}\nevent: {type}\ndata: ", json, "\n\n", cancellationToken);

    private Task<FlushResult> WriteAsync(
        string head,
        ReadOnlySpan<byte> data,
        string tail,
        CancellationToken cancellationToken
    )
    {
        Encoding.UTF8.GetBytes(head, body);
        System.Buffers.BuffersExtensions.Write(body, data);
        Encoding.UTF8.GetBytes(tail, body);
        return body.FlushAsync(cancellationToken).AsTask();
    }
}
