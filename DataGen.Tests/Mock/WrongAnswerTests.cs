using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Tests.Mock;

/// <summary>What inference servers and models do to a schema, and to the values a prompt gives.</summary>
public sealed class WrongAnswerTests
{
    private const string Prompt = """
        A customer of a book shop, as JSON
        Use these values as they are: {"plan":"free","seats":3}
        """;
    private const string Schema = """
        {"type":"object","properties":{"age":{"type":"integer","minimum":18,"maximum":90},"home":{"$ref":"#/$defs/place"}},
         "required":["age","home"],"additionalProperties":false,
         "$defs":{"place":{"type":"object","properties":{"kind":{"enum":["flat","house"]},"since":{"type":"string","format":"date"}},
                  "required":["kind","since"],"additionalProperties":false}}}
        """;

    [Theory]
    [InlineData("refuseJsonSchema", "json_schema", "json_object")]
    [InlineData("refuseJsonObject", "json_object", "json_schema")]
    public async Task A_refused_response_format_is_a_400_that_names_it_and_the_other_one_is_taken(
        string fault,
        string refused,
        string taken
    )
    {
        await using var mock = await StartAsync(fault, "true");
        var answer = await AskAsync(mock, refused);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "response_format.type"),
            (answer.Status, answer.Body.GetProperty("error").GetProperty("param").GetString())
        );
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(mock, taken)).Status);
        var node = new JsonObject { ["messages"] = Messages(false), ["response_format"] = Format(refused) };
        Assert.Contains(
            refused,
            (await mock.PostAsync("/create_chat_completion", node)).Result.GetProperty("error").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Usage_can_be_left_out()
    {
        await using var mock = await StartAsync("noUsage", "true");
        var answer = await AskAsync(mock, "json_schema");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.False(answer.Body.TryGetProperty("usage", out _));
    }

    [Fact]
    public async Task A_schema_can_be_ignored_and_is_followed_in_a_correction()
    {
        await using var mock = await StartAsync("ignoreSchema", "true");
        Assert.False(Follows(await RecordAsync(mock)));
        Assert.True(Follows(await RecordAsync(mock, isCorrection: true)));
    }

    [Fact]
    public async Task An_invalid_answer_breaks_the_schema_and_its_correction_does_not()
    {
        await using var mock = await StartAsync("invalidRate", "1");
        var record = await RecordAsync(mock);
        Assert.Equal(["age", "home", "plan", "seats"], record.EnumerateObject().Select(member => member.Name));
        Assert.False(Follows(record));
        Assert.True(Follows(await RecordAsync(mock, isCorrection: true)));
    }

    [Fact]
    public async Task A_wrong_sampled_value_is_another_one_and_its_correction_is_right()
    {
        await using var mock = await StartAsync("wrongSampledRate", "1");
        var record = await RecordAsync(mock);
        Assert.True(Follows(record));
        Assert.False(IsSampled(record));
        Assert.True(IsSampled(await RecordAsync(mock, isCorrection: true)));
    }

    [Fact]
    public async Task A_duplicate_is_the_first_record_with_the_values_of_its_own_prompt()
    {
        await using var mock = await StartAsync("duplicateRate", "1");
        var first = await RecordAsync(mock);
        var copy = await RecordAsync(mock, plan: "pro");
        Assert.Equal("pro", copy.GetProperty("plan").GetString());
        Assert.True(JsonElement.DeepEquals(first.GetProperty("home"), copy.GetProperty("home")));
        Assert.Equal(first.GetProperty("age").GetInt32(), copy.GetProperty("age").GetInt32());
        var corrected = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            corrected.Add((await RecordAsync(mock, isCorrection: true)).GetRawText());
        }

        Assert.True(corrected.Count > 1);
    }

    [Fact]
    public async Task Always_the_same_record_is_the_same_in_a_correction_too()
    {
        await using var mock = await StartAsync("sameRecord", "true");
        var records = new HashSet<string>();
        for (var i = 0; i < 10; i++)
        {
            records.Add((await RecordAsync(mock, isCorrection: i % 2 == 1)).GetRawText());
        }

        Assert.Single(records);
    }

    [Fact]
    public async Task A_draft_is_a_schema_of_the_record_described_with_samplers()
    {
        await using var mock = await RunningMock.StartAsync();
        var format = Format("json_schema");
        format["json_schema"]!["name"] = "dataset_schema";
        var body = new JsonObject
        {
            ["model"] = "m",
            ["messages"] = new JsonArray(
                new JsonObject
                {
                    ["role"] = "user",
                    ["content"] =
                        "A customer: full name, age 18-90, plan (free, pro or enterprise), region (70% north, 30% south)",
                }
            ),
            ["response_format"] = format,
        };
        var draft = Record(await mock.PostAsync("/v1/chat/completions", body));
        Assert.Equal(["schema", "samplers"], draft.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["full_name", "age", "plan", "region"],
            draft.GetProperty("schema").GetProperty("properties").EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal(
            """{"plan":{"type":"category","weights":{"free":1,"pro":1,"enterprise":1}},"region":{"type":"category","weights":{"north":70,"south":30}}}""",
            draft.GetProperty("samplers").GetRawText()
        );
    }

    private static async Task<RunningMock> StartAsync(string fault, string value)
    {
        var mock = await RunningMock.StartAsync();
        await mock.SwitchAsync($$$"""{"inference":{"{{{fault}}}":{{{value}}}}}""");
        return mock;
    }

    private static Task<Answer> AskAsync(
        RunningMock mock,
        string type,
        bool isCorrection = false,
        string plan = "free"
    ) =>
        mock.PostAsync(
            "/v1/chat/completions",
            new JsonObject
            {
                ["model"] = "m",
                ["messages"] = Messages(isCorrection, plan),
                ["response_format"] = Format(type),
            }
        );

    private static async Task<JsonElement> RecordAsync(
        RunningMock mock,
        bool isCorrection = false,
        string plan = "free"
    ) => Record(await AskAsync(mock, "json_schema", isCorrection, plan));

    private static JsonElement Record(Answer answer) =>
        JsonElement.Parse(
            answer.Body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!
        );

    private static JsonArray Messages(bool isCorrection, string plan = "free")
    {
        var messages = new JsonArray(
            new JsonObject { ["role"] = "user", ["content"] = Prompt.Replace("free", plan, StringComparison.Ordinal) }
        );
        if (isCorrection)
        {
            messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = """{"age":141}""" });
            messages.Add(new JsonObject { ["role"] = "user", ["content"] = "/age: 141 is above 90. Send it again." });
        }

        return messages;
    }

    private static JsonObject Format(string type)
    {
        var format = new JsonObject { ["type"] = type };
        if (type is "json_schema")
        {
            format["json_schema"] = new JsonObject { ["name"] = "record", ["schema"] = JsonNode.Parse(Schema) };
        }

        return format;
    }

    private static bool Follows(JsonElement record) =>
        record.TryGetProperty("age", out var age)
        && age.ValueKind is JsonValueKind.Number
        && age.GetInt32() is >= 18 and <= 90
        && record.TryGetProperty("home", out var home)
        && (home.GetProperty("kind").GetString() is "flat" or "house")
        && DateOnly.TryParse(
            home.GetProperty("since").GetString(),
            System.Globalization.CultureInfo.InvariantCulture,
            out _
        );

    private static bool IsSampled(JsonElement record) =>
        record.GetProperty("plan") is { ValueKind: JsonValueKind.String } plan
        && plan.GetString() is "free"
        && record.GetProperty("seats") is { ValueKind: JsonValueKind.Number } seats
        && seats.GetInt32() is 3;
}
