using System.Text.Json;

namespace DataGen.Gateway.Api.Definitions;

/// <summary>What a dataset is to be.</summary>
/// <param name="Prompt">What one record looks like.</param>
/// <param name="Count">Records wanted.</param>
/// <param name="Blocks">How many were asked for at a time, where the task was extended.</param>
/// <param name="Seed">Decides what the samplers draw.</param>
/// <param name="Samplers">What is drawn, by name.</param>
/// <param name="Schema">What every record has to be.</param>
/// <param name="Examples">Records as they might be.</param>
/// <param name="Unique">In what no two records may agree.</param>
/// <param name="Near">The member whose texts may not be nearly alike.</param>
/// <param name="Rules">What has to hold between members.</param>
/// <param name="Budget">What it may cost.</param>
internal sealed record DefinitionResponse(
    string Prompt,
    int Count,
    JsonElement? Blocks,
    long? Seed,
    JsonElement? Samplers,
    JsonElement? Schema,
    JsonElement? Examples,
    JsonElement? Unique,
    JsonElement? Near,
    JsonElement? Rules,
    JsonElement? Budget
);
