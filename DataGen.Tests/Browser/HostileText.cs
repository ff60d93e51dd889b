using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Tests.Browser;

/// <summary>What a stranger types, or talks a model into answering, to make the browser of somebody else do
/// something.</summary>
internal static class HostileText
{
    internal const string Script = "<script>alert('run')</script>";
    internal const string Image = "\"><img src=x onerror=\"alert('loaded')\">";

    /// <summary>Reads "cod.exe" backwards where it is taken at its word.</summary>
    internal const string Backwards = "invoice\u202Eexe.doc\u2066";

    /// <summary>The members that every record has; numbers and an answer make the records differ.</summary>
    internal static IReadOnlyDictionary<string, string> Values { get; } =
        new Dictionary<string, string>
        {
            ["script"] = Script,
            ["<b onclick=\"alert('clicked')\">name</b>"] = Image,
            ["backwards"] = Backwards,
            ["formula"] = "=HYPERLINK(\"http://127.0.0.1/?\"&A1,\"click\")",
            ["quoted"] = "She said \"so\", and\r\nwent; <style>*{display:none}</style>",
            ["link"] = "javascript:alert('followed')",
            ["template"] = "{{constructor.constructor('alert(1)')()}} ${alert(1)} @(alert) </textarea></template>",
        };

    /// <summary>A prompt that is hostile itself and asks the mock, by a JSON Schema, for records that are.</summary>
    internal static string Prompt { get; } = $"{Script} {Image} {Backwards} </title></textarea></template> " + Schema();

    private static string Schema()
    {
        var properties = new JsonObject
        {
            ["id"] = new JsonObject
            {
                ["type"] = "integer",
                ["minimum"] = 1,
                ["maximum"] = 1_000_000_000,
            },
            ["vip"] = new JsonObject { ["type"] = "boolean" },
        };
        foreach (var (name, value) in Values)
        {
            properties[name] = new JsonObject { ["const"] = value };
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. properties.Select(property => JsonValue.Create(property.Key))]),
        }.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
