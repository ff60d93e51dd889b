using System.Text.Json;

namespace DataGen.Mock.Inference;

/// <summary>OpenAI's <c>chat.completion</c> object.</summary>
internal static class ChatCompletion
{
    public static void WriteTo(Utf8JsonWriter json, Completion completion, string model)
    {
        json.WriteStartObject();
        json.WriteString("id", $"chatcmpl-{completion.Id}");
        json.WriteString("object", "chat.completion");
        json.WriteNumber("created", completion.Created.ToUnixTimeSeconds());
        json.WriteString("model", model);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", completion.Text);
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", completion.FinishReason);
        json.WriteEndObject();
        json.WriteEndArray();
        if (completion.HasUsage)
        {
            json.WriteStartObject("usage");
            json.WriteNumber("prompt_tokens", completion.PromptTokens);
            json.WriteNumber("completion_tokens", completion.CompletionTokens);
            json.WriteNumber("total_tokens", completion.PromptTokens + completion.CompletionTokens);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
