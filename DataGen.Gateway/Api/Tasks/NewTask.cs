using System.Text.Json;
using DataGen.Contracts;

namespace DataGen.Gateway.Api.Tasks;

/// <summary>A task to create. Tasks validates the values.</summary>
/// <param name="Prompt">What one record looks like, in plain words: 1 to 8000 characters.</param>
/// <param name="Count">Records wanted: 1 to <c>DATAGEN_MAX_RECORDS_PER_JOB</c>.</param>
/// <param name="Title">A name for it; taken from the prompt when left out.</param>
/// <param name="Temperature">Sampling temperature, 0 to 1.5.</param>
/// <param name="MaxTokens">Upper bound of output tokens per record, 16 to 4096.</param>
/// <param name="Concurrency">Upper bound of calls in flight, 1 to 1024.</param>
/// <param name="Blocks">How many of the records are asked for at a time, in the definition of an extended task; their
/// sum is the count.</param>
/// <param name="Seed">Decides what the samplers draw; 0 when left out.</param>
/// <param name="Samplers">Values that are drawn for each record before its call, by name.</param>
/// <param name="Schema">JSON Schema that every record has to be valid under.</param>
/// <param name="Examples">Example records for the model.</param>
/// <param name="Unique">The members in which no two records may agree: true, or a list of lists of members.</param>
/// <param name="Near">The member whose texts may not be nearly alike, and the similarity from which on they
/// are.</param>
/// <param name="Rules">Rules between members, for example ["start", "&lt;=", "end"].</param>
/// <param name="Budget">The bounds of its cost: calls, tokens, cost, until.</param>
internal sealed record NewTask(
    string? Prompt,
    int? Count,
    string? Title = null,
    double? Temperature = null,
    int? MaxTokens = null,
    int? Concurrency = null,
    JsonElement? Blocks = null,
    long? Seed = null,
    JsonElement? Samplers = null,
    JsonElement? Schema = null,
    JsonElement? Examples = null,
    JsonElement? Unique = null,
    JsonElement? Near = null,
    JsonElement? Rules = null,
    JsonElement? Budget = null
)
{
    /// <summary>The request to Tasks. Members that Tasks reads as JSON are passed on unchanged, because Tasks reports
    /// what is wrong with them.</summary>
    public GenerationSpec ToSpec()
    {
        (string Name, JsonElement? Value)[] asked =
        [
            ("blocks", Blocks),
            ("samplers", Samplers),
            ("schema", Schema),
            ("examples", Examples),
            ("unique", Unique),
            ("near", Near),
            ("rules", Rules),
            ("budget", Budget),
        ];
        var members = asked
            .Where(member => member.Value is not null)
            .Select(member => $",\"{member.Name}\":{member.Value!.Value.GetRawText()}")
            .ToList();
        return GenerationSpec.Of(
            Prompt,
            Count,
            Temperature,
            MaxTokens,
            Concurrency,
            members.Count == 0 ? null : $"{{\"seed\":{Seed ?? 0}{string.Concat(members)}}}"
        );
    }
}
