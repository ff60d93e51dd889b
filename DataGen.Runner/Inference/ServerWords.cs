using System.Text;
using DataGen.Contracts;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Inference;

/// <summary>Prepares the text of a server or a model to be shown, without the API key.</summary>
internal sealed class ServerWords(InferenceSettings settings)
{
    /// <summary>Bytes of a raw answer that are kept.</summary>
    public const int ExcerptBytes = 4096;

    private const int QuoteLength = 160;

    /// <summary>From this many characters in common with a message on, the server's text counts as repeating the
    /// prompt.</summary>
    private const int EchoLength = 24;

    private readonly ApiKeyEcho key = new(settings.ApiKey);

    /// <summary>The text in one line, to follow a sentence; empty when it repeats the key or the prompt.</summary>
    public string Quote(string? text, IEnumerable<ChatMessage> messages)
    {
        if (string.IsNullOrWhiteSpace(text) || key.IsIn(text))
        {
            return "";
        }

        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = line.Length <= QuoteLength ? line : $"{line.AsSpan(0, QuoteLength)}…";
        return messages.Any(message => Echoes(line, message.Text)) ? "" : $" It said: {line}";
    }

    /// <summary>A sentence with words of a model: cut, and without the key.</summary>
    public string Sentence(string text) =>
        key.Hide(
            text.Length <= InferenceException.MaxLength ? text : $"{text.AsSpan(0, InferenceException.MaxLength - 1)}…"
        );

    /// <summary>The text without the key.</summary>
    public string Hide(string text) => key.Hide(text);

    /// <summary>Whether a record would show the key.</summary>
    /// <param name="record">UTF-8.</param>
    public bool HoldKey(ReadOnlySpan<byte> record) => key.IsWholeIn(record);

    /// <summary>The first 4 KB of a raw answer, for the task's owner.</summary>
    public string Excerpt(ReadOnlySpan<byte> answer)
    {
        var text = Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, ExcerptBytes)]);
        text = key.Hide(answer.Length <= ExcerptBytes ? text : text.TrimEnd('\uFFFD'));
        // A byte that is not UTF-8 became a character of three bytes.
        while (Encoding.UTF8.GetByteCount(text) > ExcerptBytes)
        {
            text = text[..^((Encoding.UTF8.GetByteCount(text) - ExcerptBytes + 2) / 3)];
        }

        return text;
    }

    /// <inheritdoc cref="Excerpt(ReadOnlySpan{byte})"/>
    public string Excerpt(string answer)
    {
        var length = Math.Min(answer.Length, ExcerptBytes);
        length -= length > 0 && length < answer.Length && char.IsHighSurrogate(answer[length - 1]) ? 1 : 0;
        return Excerpt(Encoding.UTF8.GetBytes(answer, 0, length));
    }

    /// <summary>Why an answer is not searched for a record; null when it is searched.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="maxTokens">The bound of its tokens.</param>
    /// <param name="messages">The messages that were sent.</param>
    public (InferenceFailure Failure, string Reason)? WhyNot(
        ChatResponse answer,
        int? maxTokens,
        IEnumerable<ChatMessage> messages
    )
    {
        if (
            answer.FinishReason != ChatFinishReason.Length
            && answer.FinishReason != ChatFinishReason.ContentFilter
            && !string.IsNullOrWhiteSpace(answer.Text)
        )
        {
            return null;
        }

        var contents = answer.Messages.SelectMany(message => message.Contents).ToList();
        return contents.OfType<ErrorContent>().FirstOrDefault() is { } refusal
                ? (InferenceFailure.Refused, $"The model refused the record.{Quote(refusal.Message, messages)}")
            : answer.FinishReason == ChatFinishReason.ContentFilter
                ? (InferenceFailure.Refused, "The inference server's content filter stopped the answer.")
            : answer.FinishReason == ChatFinishReason.Length
                ? (
                    InferenceFailure.Truncated,
                    $"{RecordProblems.CutOff} at {answer.Usage?.OutputTokenCount ?? maxTokens} tokens."
                )
            : answer.FinishReason?.Value == "error"
                ? (InferenceFailure.ServerError, "The inference server ended the answer with an error.")
            : contents.OfType<TextReasoningContent>().Any()
                ? (
                    InferenceFailure.Unusable,
                    "The answer is empty: all the model wrote is in the member for its reasoning."
                )
            : contents.OfType<FunctionCallContent>().FirstOrDefault() is { } call
                ? (
                    InferenceFailure.Unusable,
                    $"The answer is empty: the model calls a tool instead ({call.RawRepresentation})."
                )
            : (InferenceFailure.Unusable, "The inference server's answer holds no text.");
    }

    /// <summary>The first 4 KB of all texts of an answer; null: it has none.</summary>
    public string? Excerpt(ChatResponse answer)
    {
        var contents = answer.Messages.SelectMany(message => message.Contents);
        var text = string.Join(
            '\n',
            contents.Select(content =>
                content switch
                {
                    TextContent said => said.Text,
                    TextReasoningContent thoughts => thoughts.Text,
                    ErrorContent refusal => refusal.Message,
                    _ => "",
                }
            )
        );
        return string.IsNullOrWhiteSpace(text) ? null : Excerpt(text);
    }

    private static bool Echoes(string line, string message)
    {
        if (message.Length <= EchoLength)
        {
            return message.Length > 0 && line.Contains(message, StringComparison.OrdinalIgnoreCase);
        }

        for (var start = 0; start + EchoLength <= line.Length; start++)
        {
            if (message.AsSpan().Contains(line.AsSpan(start, EchoLength), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
