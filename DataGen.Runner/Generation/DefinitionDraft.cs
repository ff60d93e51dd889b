using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Contracts;
using DataGen.Definition;
using DataGen.Runner.Inference;
using DataGen.Runner.Pacing;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Generation;

/// <summary>Has the model propose a schema and samplers for the records that a prompt describes.</summary>
internal sealed class DefinitionDraft(IChatClient chat, EndpointPacer pacer, ServerWords words)
{
    /// <summary>The first call and two corrections.</summary>
    private const int MostCalls = 3;

    /// <summary>The name of the response format. A node's dialect has no place for it except the schema's
    /// title.</summary>
    private const string Name = "dataset_schema";

    private static readonly ChatMessage System = new(ChatRole.System, InferenceDefaults.DraftPrompt);

    private static readonly ChatOptions Options = new()
    {
        MaxOutputTokens = TaskLimits.MostTokens,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(
            JsonElement.Parse(
                $$$"""{"title":"{{{Name}}}","type":"object","properties":{"schema":{"type":"object"},"samplers":{"type":"object"}},"required":["schema","samplers"]}"""
            ),
            Name
        ),
    };

    /// <summary>Asks for a draft. When the server fails, the failure is returned at once without retries, because a
    /// user waits for the answer.</summary>
    /// <param name="prompt">What one record looks like.</param>
    /// <param name="user">The user who asks.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<DraftReply> MakeAsync(string prompt, string user, CancellationToken cancellationToken)
    {
        using var share = pacer.Join(user, $"draft {Guid.NewGuid()}", bound: 1, _ => { });
        var reply = new DraftReply { Tokens = new TokenUsage() };
        List<ChatMessage> messages = [System, new(ChatRole.User, prompt.Trim())];
        while (reply.OutcomeCase == DraftReply.OutcomeOneofCase.None)
        {
            var text = await AskAsync(share, messages, reply, cancellationToken);
            if (text is null)
            {
                break;
            }

            var (definition, problems) = Read(prompt, text, cancellationToken);
            if (definition is not null && words.HoldKey(Encoding.UTF8.GetBytes(definition)))
            {
                reply.Problem = "The model's definition holds the inference server's API key.";
            }
            else if (definition is not null)
            {
                reply.Definition = definition;
            }
            else if (reply.Calls == MostCalls)
            {
                reply.Problem = words.Sentence($"The model gave no definition that can be used. {problems[0]}");
            }
            else
            {
                messages.RemoveRange(2, messages.Count - 2);
                messages.AddRange(new Correction(Shortened(text), [.. problems.Select(words.Sentence)]).Messages);
            }
        }

        return reply;
    }

    // The answer's text; null when there is none, and then the reply holds the reason.
    private async Task<string?> AskAsync(
        RunShare share,
        List<ChatMessage> messages,
        DraftReply reply,
        CancellationToken cancellationToken
    )
    {
        var slot = await share.AcquireAsync(cancellationToken);
        var outcome = default(AttemptOutcome);
        var call = CallOutcome.Abandoned;
        try
        {
            var answer = await chat.GetResponseAsync(messages, Options, cancellationToken);
            reply.Tokens.Input += answer.Usage?.InputTokenCount ?? 0;
            reply.Tokens.Output += answer.Usage?.OutputTokenCount ?? 0;
            if (words.WhyNot(answer, Options.MaxOutputTokens, messages) is var (failure, reason))
            {
                outcome = new AttemptOutcome { Failure = failure, Reason = reason };
                reply.Problem = reason;
            }

            call = outcome.OfCall;
            return outcome.Failure is null ? answer.Text : null;
        }
        catch (InferenceException exception)
        {
            outcome = new AttemptOutcome
            {
                Failure = exception.Failure,
                Reason = exception.Message,
                RetryAfter = exception.RetryAfter,
            };
            call = outcome.OfCall;
            reply.Problem = exception.Message;
            return null;
        }
        finally
        {
            reply.Calls++;
            share.Release(slot, call, outcome.Reason ?? "", outcome.RetryAfter);
        }
    }

    // The members that form a definition with the prompt, or what is wrong with them.
    private static (string? Definition, IReadOnlyList<string> Problems) Read(
        string prompt,
        string text,
        CancellationToken cancellationToken
    )
    {
        JsonObject answer;
        try
        {
            answer = JsonNode.Parse(RecordReader.Read(text, cancellationToken))!.AsObject();
        }
        catch (FormatException exception)
        {
            return (null, [exception.Message]);
        }

        if (answer["schema"] is not JsonObject schema)
        {
            return (null, ["It has no member schema that is an object."]);
        }

        var drafted = new JsonObject { ["schema"] = schema.DeepClone() };
        if (answer["samplers"] is JsonObject { Count: > 0 } samplers)
        {
            drafted["samplers"] = samplers.DeepClone();
        }

        var definition = Encoding.UTF8.GetString(RecordReader.Plain(drafted));
        var (sampling, errors) = Sampling.Read(prompt, 1, definition);
        errors = sampling is null ? errors : [.. sampling.Unkeepable()];
        return errors.Count == 0
            ? (definition, [])
            : (null, [.. errors.Take(10).Select(error => $"{error.Path}: {error.Message}")]);
    }

    private static string Shortened(string text) =>
        text.Length <= Correction.LongestRecord ? text : text[..Correction.LongestRecord];
}
