using System.Net;
using System.Text;

namespace DataGen.Tests.Ratio1.Support;

/// <summary>Answers requests one after another from a list, the last answer for ever, and remembers what was
/// asked.</summary>
internal sealed class ScriptedHandler(params Func<CancellationToken, Task<HttpResponseMessage>>[] answers)
    : HttpMessageHandler
{
    public List<(string Method, string PathAndQuery, string? Body, string? ContentType)> Requests { get; } = [];

    public static Func<CancellationToken, Task<HttpResponseMessage>> Answer(
        string body,
        HttpStatusCode status = HttpStatusCode.OK,
        Action<HttpResponseMessage>? change = null
    ) =>
        _ =>
        {
            var response = new HttpResponseMessage(status)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            change?.Invoke(response);
            return Task.FromResult(response);
        };

    public static Func<CancellationToken, Task<HttpResponseMessage>> Throws(Exception exception) =>
        _ => Task.FromException<HttpResponseMessage>(exception);

    public static async Task<HttpResponseMessage> Silence(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("Nothing ends this wait but its cancellation.");
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = answers[Math.Min(Requests.Count, answers.Length - 1)];
        Requests.Add(
            (
                request.Method.Method,
                request.RequestUri!.PathAndQuery,
                request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken),
                request.Content?.Headers.ContentType?.ToString()
            )
        );
        return await answer(cancellationToken);
    }
}
