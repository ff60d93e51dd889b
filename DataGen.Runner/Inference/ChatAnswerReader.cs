using System.Text.Json;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Inference;

/// <summary>
/// Reads a 2xx answer in any of the known shapes. Ratio1, wrapped (without <c>result</c> when the node
/// answers raw, and with one-element lists on some back ends):
/// <code>
/// {"server_node_addr":"0xai_…","result":{"REQUEST_ID":"…","MODEL_NAME":"…","TEXT_RESPONSE":"{…}",
/// "FULL_OUTPUT":{"choices":[{"message":{"role":"assistant","content":"{…}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":5}}}}
/// </code>
/// OpenAI: the <c>FULL_OUTPUT</c> above by itself. Failures may hide in a 200 as <c>error</c> and <c>status</c>.
/// </summary>
internal static class ChatAnswerReader
{
    /// <summary>
    /// The completion in an unwrapped answer. Its text is empty when the answer holds none; a refusal of the model is
    /// an <see cref="ErrorContent"/>, reasoning that is given apart a <see cref="TextReasoningContent"/>, a tool call a
    /// <see cref="FunctionCallContent"/> whose raw representation is the name of the member that holds it.
    /// </summary>
    public static ChatResponse Read(JsonElement answer)
    {
        var output = Member(answer, "FULL_OUTPUT"u8);
        var completion = Completion(answer);
        var choice = Choice(answer);
        var message = Member(choice, "message"u8);
        var text =
            Text(Member(message, "content"u8))
            ?? Text(Member(choice, "text"u8))
            ?? Text(Member(answer, "TEXT_RESPONSE"u8))
            ?? Text(output);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, Contents(text, message)))
        {
            ResponseId = Text(Member(completion, "id"u8)) ?? Text(Member(answer, "REQUEST_ID"u8)),
            ModelId = Text(Member(completion, "model"u8)) ?? Text(Member(answer, "MODEL_NAME"u8)),
            FinishReason = Text(Member(choice, "finish_reason"u8)) is { } reason ? Reason(reason) : null,
            Usage = Usage(Member(completion, "usage"u8)) ?? Usage(Member(answer, "usage"u8)),
        };
    }

    /// <summary>The first choice of an unwrapped answer's completion.</summary>
    public static JsonElement Choice(JsonElement answer) => First(Member(Completion(answer), "choices"u8));

    /// <summary>The member, or an undefined element where there is none or the element is not an object; a one-element
    /// list counts as its element.</summary>
    public static JsonElement Member(JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Array ? Member(First(element), name)
        : element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member
        : default;

    /// <summary>What is inside <c>result</c>, or the answer itself where there is none.</summary>
    /// <remarks>Of several results none is taken, because only one was asked for.</remarks>
    public static JsonElement Unwrap(JsonElement root) =>
        Member(root, "result"u8) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } result
        && (result.ValueKind == JsonValueKind.Object || result.GetArrayLength() == 1)
            ? First(result)
            : root;

    // Other providers' names for it, which gateways pass on: max_tokens, MAX_TOKENS, model_length.
    private static ChatFinishReason Reason(string reason) =>
        reason.ToUpperInvariant() is "MAX_TOKENS" or "MODEL_LENGTH"
            ? ChatFinishReason.Length
            : new ChatFinishReason(reason);

    private static JsonElement Completion(JsonElement answer) =>
        Member(answer, "choices"u8).ValueKind == JsonValueKind.Array ? answer : Member(answer, "FULL_OUTPUT"u8);

    private static List<AIContent> Contents(string? text, JsonElement message)
    {
        if (text is not null)
        {
            return [new TextContent(text)];
        }

        var contents = new List<AIContent>();
        if (Text(Member(message, "refusal"u8)) is { } refusal)
        {
            contents.Add(new ErrorContent(refusal));
        }

        if ((Text(Member(message, "reasoning_content"u8)) ?? Text(Member(message, "reasoning"u8))) is { } thoughts)
        {
            contents.Add(new TextReasoningContent(thoughts));
        }

        AddCall(contents, "tool_calls", Member(First(Member(message, "tool_calls"u8)), "function"u8));
        AddCall(contents, "function_call", Member(message, "function_call"u8));
        return contents;
    }

    private static void AddCall(List<AIContent> contents, string member, JsonElement function)
    {
        if (function.ValueKind == JsonValueKind.Object)
        {
            contents.Add(
                new FunctionCallContent("", Text(Member(function, "name"u8)) ?? "") { RawRepresentation = member }
            );
        }
    }

    private static JsonElement First(JsonElement element) =>
        element.ValueKind != JsonValueKind.Array ? element
        : element.GetArrayLength() > 0 ? element[0]
        : default;

    /// <summary>A string, a list of strings, or OpenAI's list of <c>{"type":"text","text":…}</c> parts, in which
    /// reasoning is a part of its own; null when there are only blanks, or a part that is not text.</summary>
    private static string? Text(JsonElement element)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Array when element.EnumerateArray().Select(Part).ToList() is var parts => parts.Contains(null)
                ? null
                : string.Concat(parts),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    // The text of one part, empty for reasoning; null: the part is not text.
    private static string? Part(JsonElement part) =>
        part.ValueKind == JsonValueKind.String ? part.GetString()
        : part.ValueKind != JsonValueKind.Object ? null
        : Member(part, "type"u8) is { ValueKind: JsonValueKind.String } type
        && (type.ValueEquals("reasoning") || type.ValueEquals("thinking") || type.ValueEquals("redacted_thinking"))
            ? ""
        : Member(part, "text"u8) is { ValueKind: JsonValueKind.String } text ? text.GetString()
        : null;

    private static UsageDetails? Usage(JsonElement usage) =>
        usage.ValueKind != JsonValueKind.Object
            ? null
            : new UsageDetails
            {
                InputTokenCount = Count(Member(usage, "prompt_tokens"u8)),
                OutputTokenCount = Count(Member(usage, "completion_tokens"u8)),
                TotalTokenCount = Count(Member(usage, "total_tokens"u8)),
            };

    private static long? Count(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var count) && count >= 0 ? count : null;
}
