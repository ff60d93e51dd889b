using System.Text.Json;

namespace DataGen.Gateway.Api.Definitions;

/// <summary>The definition of a dataset.</summary>
/// <param name="Prompt">What one record looks like.</param>
/// <param name="Count">Records wanted.</param>
/// <param name="Blocks">How many records were asked for at a time, where the task was extended.</param>
/// <param name="Seed">Decides what the samplers draw.</param>
/// <param name="Samplers">The values that are drawn, by name.</param>
/// <param name="Schema">The JSON Schema of every record.</param>
/// <param name="Examples">Example records.</param>
/// <param name="Unique">The sets of members in which no two records may agree.</param>
/// <param name="Near">The member whose texts may not be nearly alike.</param>
/// <param name="Rules">The rules between members.</param>
/// <param name="Budget">The bounds of its cost.</param>
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
