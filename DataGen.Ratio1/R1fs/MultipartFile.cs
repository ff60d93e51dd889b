using System.Net.Http.Headers;
using System.Text;
using DataGen.Ratio1.Http;

namespace DataGen.Ratio1.R1fs;

/// <summary>
/// The body of <c>/add_file</c>: a part <c>file</c> with the content, and with a secret a part <c>body</c> with
/// <c>{"filename":"a.txt","secret":"s"}</c>. The node takes the name from the part's header.
/// </summary>
internal static class MultipartFile
{
    /// <summary>Makes the body; from the second time on it starts where the stream stood at first.</summary>
    public static Func<HttpContent> Of(Stream content, R1fsFile file)
    {
        var start = content.CanSeek ? content.Position : 0;
        return () =>
        {
            if (content.CanSeek)
            {
                content.Position = start;
            }

            var form = new MultipartContent("form-data") { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
            form.Add(
                Part(
                    new StreamContent(new UnclosedStream(content)),
                    "application/octet-stream",
                    $"name=\"file\"; filename=\"{Quoted(file.Name)}\""
                )
            );
            if (file.Secret is not null || file.Nonce is not null)
            {
                form.Add(Part(Metadata(file), null, "name=\"body\""));
            }

            return form;
        };
    }

    private static HttpContent Metadata(R1fsFile file) =>
        JsonBody.Of(writer =>
        {
            writer.WriteString("filename", file.Name);
            if (file.Secret is not null)
            {
                writer.WriteString("secret", file.Secret);
            }

            if (file.Nonce is { } nonce)
            {
                writer.WriteNumber("nonce", nonce);
            }
        })();

    private static HttpContent Part(HttpContent content, string? mediaType, string disposition)
    {
        content.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);
        content.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; {disposition}");
        return content;
    }

    // As browsers do: a quotation mark or a line break would end the header's value.
    private static string Quoted(string name) =>
        name.Replace("\"", "%22", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);
}
