using System.Text.Json.Nodes;

namespace DataGen.Gateway.Docs;

/// <summary>Example bodies of the calls. A test sends each of them to the product.</summary>
internal static class RequestExamples
{
    private const string Definition = """
        {
          "prompt": "A support ticket of a router maker: subject, message of two sentences, severity. The customer is on the {{plan}} plan.",
          "count": 20,
          "samplers": { "plan": { "type": "category", "weights": { "free": 70, "pro": 30 } } },
          "schema": {
            "type": "object",
            "properties": {
              "subject": { "type": "string" },
              "message": { "type": "string" },
              "severity": { "enum": ["low", "medium", "high"] },
              "plan": { "enum": ["free", "pro"] }
            },
            "required": ["subject", "message", "severity", "plan"],
            "additionalProperties": false
          },
          "budget": { "calls": 100 }
        }
        """;

    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["POST /api/tasks"] = Definition,
        ["POST /api/definitions/check"] = Definition,
        ["POST /api/previews/events"] = $$"""{ "definition": {{Definition}}, "records": 3 }""",
        ["POST /api/previews"] = $$"""{ "definition": {{Definition}}, "records": 3 }""",
        ["POST /api/schemas/draft"] = """
            { "prompt": "A customer of a book shop: full name, age 18-90, city, plan (70 % free, 30 % pro)" }
            """,
        ["POST /api/tasks/{id}/retry"] = """{ "maxTokens": 2048 }""",
        ["POST /api/tasks/{id}/extend"] = """{ "count": 10 }""",
        ["POST /api/tasks/{id}/budget"] = """{ "calls": 500 }""",
        ["POST /api/tasks/{id}/sql"] = """
            { "query": "SELECT severity, count(*) AS tickets FROM records GROUP BY severity ORDER BY tickets DESC" }
            """,
        ["PATCH /api/tasks/{id}/records/{index}"] = """
            { "data": { "subject": "No light", "message": "The router stays dark. I tried two sockets.", "severity": "high", "plan": "free" } }
            """,
        ["PUT /api/tasks/{id}/records/{index}/feedback"] = """{ "liked": true }""",
        ["POST /api/tokens"] = """{ "name": "nightly export" }""",
        ["POST /api/users"] = """{ "username": "ann", "password": "correct horse battery", "role": "user" }""",
        ["PATCH /api/users/{name}"] = """{ "disabled": true }""",
        ["POST /api/auth/login"] = """{ "username": "ann", "password": "correct horse battery" }""",
        ["POST /api/auth/token"] = """{ "username": "ann", "password": "correct horse battery" }""",
        ["POST /api/auth/password"] = """
            { "currentPassword": "correct horse battery", "newPassword": "another horse, another battery" }
            """,
    };

    /// <summary>The example body of a call such as <c>POST /api/tasks</c>; null when it has no body.</summary>
    public static JsonNode? Of(string call) => Bodies.TryGetValue(call, out var body) ? JsonNode.Parse(body) : null;
}
