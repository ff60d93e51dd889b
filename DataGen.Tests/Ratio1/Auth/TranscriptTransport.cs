using System.Net;
using System.Text;
using System.Text.Json;
using DataGen.Tests.Ratio1.Support;

namespace DataGen.Tests.Ratio1.Auth;

/// <summary>Holds a client to the recorded requests of one step of a transcript, byte for byte and in order, and gives
/// the recorded answers.</summary>
internal sealed class TranscriptTransport(JsonElement step) : HttpMessageHandler
{
    private readonly Queue<JsonElement> expected = new(step.GetProperty("requests").EnumerateArray());

    /// <summary>How many recorded requests have not been made.</summary>
    public int Left => expected.Count;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(
            this.expected.TryDequeue(out var expected),
            $"{request.Method} {request.RequestUri!.PathAndQuery} was not made by the original."
        );
        Assert.Equal(
            (
                expected.Text("method"),
                expected.Text("path"),
                expected.OptionalText("body"),
                expected.GetProperty("headers").OptionalText("content-type")
            ),
            (
                request.Method.Method,
                request.RequestUri!.PathAndQuery,
                body,
                request.Content?.Headers.ContentType?.ToString()
            )
        );
        return new HttpResponseMessage((HttpStatusCode)expected.GetProperty("responseStatus").GetInt32())
        {
            Content = new StringContent(expected.Text("responseBody"), Encoding.UTF8, "application/json"),
        };
    }
}
