using System.Net;
using System.Text;

namespace DataGen.Tests.Runner;

/// <summary>Answers without a network and keeps what was sent.</summary>
internal sealed class StubHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    : HttpMessageHandler
{
    public StubHandler(string body, HttpStatusCode status = HttpStatusCode.OK)
        : this(
            (_, _) =>
                Task.FromResult(
                    new HttpResponseMessage(status)
                    {
                        Content = new StringContent(body, Encoding.UTF8, "application/json"),
                    }
                )
        ) { }

    public string? SentBody { get; private set; }

    public string? SentAuthorization { get; private set; }

    public Uri? SentTo { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        SentBody = await request.Content!.ReadAsStringAsync(cancellationToken);
        SentAuthorization = request.Headers.Authorization?.ToString();
        SentTo = request.RequestUri;
        return await answer(request, cancellationToken);
    }
}
