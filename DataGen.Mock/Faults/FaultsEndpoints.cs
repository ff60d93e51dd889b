using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Mock.Hosting;
using DataGen.Mock.Node;

namespace DataGen.Mock.Faults;

/// <summary><c>/mock/faults</c>: the switches at run time, for tests and local work.</summary>
internal static class FaultsEndpoints
{
    public static IEndpointRouteBuilder MapFaults(this IEndpointRouteBuilder endpoints)
    {
        var faults = endpoints.ServiceProvider.GetRequiredService<MockFaults>();
        var secret = endpoints.ServiceProvider.GetRequiredService<NodeSecret>();
        endpoints.MapGet("/mock/faults", context => WriteAsync(context, faults));
        endpoints.MapPatch("/mock/faults", context => ChangeAsync(context, faults, secret, resetOthers: false));
        endpoints.MapPut("/mock/faults", context => ChangeAsync(context, faults, secret, resetOthers: true));
        endpoints.MapDelete(
            "/mock/faults",
            context =>
            {
                Reset(context, faults, secret);
                return WriteAsync(context, faults);
            }
        );
        return endpoints;
    }

    /// <summary>Makes all the changes or, when one cannot be read, none. PUT also takes what is not named back to its
    /// value at start.</summary>
    private static async Task ChangeAsync(HttpContext context, MockFaults faults, NodeSecret secret, bool resetOthers)
    {
        List<Action> changes = [];
        try
        {
            using var body = await JsonDocument.ParseAsync(
                context.Request.Body,
                cancellationToken: context.RequestAborted
            );
            if (Read(body.RootElement, faults, changes) is { } problem)
            {
                await Responses.WriteProblemAsync(context, problem);
                return;
            }

            if (ConcernsNode(body.RootElement) && !secret.Admits(context))
            {
                throw NodeSecret.Refusal(context);
            }
        }
        catch (JsonException exception)
        {
            await Responses.WriteProblemAsync(context, $"The body is not JSON: {exception.Message}");
            return;
        }

        if (resetOthers)
        {
            Reset(context, faults, secret);
        }

        foreach (var change in changes)
        {
            change();
        }

        await WriteAsync(context, faults);
    }

    // A caller without the node's secret may not set the node's switches, so it does not reset them either.
    private static void Reset(HttpContext context, MockFaults faults, NodeSecret secret)
    {
        var isAdmitted = secret.Admits(context);
        foreach (var fault in faults.All.Where(fault => isAdmitted || !IsOfNode(fault.Section)))
        {
            fault.Reset();
        }
    }

    private static bool IsOfNode(string section) => section is "cstore" or "r1fs";

    // A store that forgets a write or returns an old value can let in a user who was disabled.
    private static bool ConcernsNode(JsonElement body) => body.EnumerateObject().Any(section => IsOfNode(section.Name));

    private static string? Read(JsonElement body, MockFaults faults, List<Action> changes)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return "The body must be an object.";
        }

        foreach (var given in body.EnumerateObject())
        {
            if (faults.Sections.FirstOrDefault(section => section.Name == given.Name) is not { } section)
            {
                return $"{given.Name}: is no section; there are inference, cstore and r1fs.";
            }

            if (given.Value.ValueKind is not JsonValueKind.Object)
            {
                return $"{given.Name}: must be an object.";
            }

            foreach (var member in given.Value.EnumerateObject())
            {
                if (section.Faults.FirstOrDefault(fault => fault.Name == member.Name) is not { } fault)
                {
                    return $"{given.Name}.{member.Name}: is no switch.";
                }

                if (fault.TryRead(member.Value, out var change) is { } problem)
                {
                    return $"{given.Name}.{member.Name}: {problem}";
                }

                changes.Add(change);
            }
        }

        return null;
    }

    private static Task WriteAsync(HttpContext context, MockFaults faults)
    {
        var json = new JsonObject();
        foreach (var fault in faults.All)
        {
            json[fault.Section] ??= new JsonObject();
            json[fault.Section]![fault.Name] = fault.ToJson();
        }

        return Responses.WriteJsonAsync(context, StatusCodes.Status200OK, json);
    }
}
