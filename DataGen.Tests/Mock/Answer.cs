using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace DataGen.Tests.Mock;

/// <summary>An answer of the mock.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Body { get; } = Text.StartsWith('{') || Text.StartsWith('[') ? JsonElement.Parse(Text) : default;

    /// <summary>What the node's envelope holds.</summary>
    public JsonElement Result => Body.GetProperty("result");

    public JsonElement Detail => Body.GetProperty("detail");

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers
        );
}
