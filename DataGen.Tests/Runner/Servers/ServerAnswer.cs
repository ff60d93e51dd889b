using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace DataGen.Tests.Runner.Servers;

/// <summary>An HTTP answer that a real server gave, of those in <c>cases.json</c>.</summary>
internal sealed record ServerAnswer(string Name, int Status, Dictionary<string, string> Headers, string Body)
{
    private static readonly Dictionary<string, ServerAnswer> All = Load();

    public static IEnumerable<string> Names => All.Keys;

    public static ServerAnswer Named(string name) => All[name];

    /// <summary>Gives it.</summary>
    public Task GiveAsync(FakeCall call)
    {
        var response = call.Context.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        return response.WriteAsync(Body, call.Aborted);
    }

    private static Dictionary<string, ServerAnswer> Load()
    {
        using var stream = typeof(ServerAnswer).Assembly.GetManifestResourceStream("Runner/Servers/cases.json")!;
        return JsonSerializer
            .Deserialize<ServerAnswer[]>(stream, JsonSerializerOptions.Web)!
            .ToDictionary(answer => answer.Name);
    }
}
