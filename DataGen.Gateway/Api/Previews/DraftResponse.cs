using System.Text.Json;

namespace DataGen.Gateway.Api.Previews;

/// <summary>A proposal to edit: members of a definition that are valid together with the prompt.</summary>
/// <param name="Schema">JSON Schema of one record.</param>
/// <param name="Samplers">Values to draw, by name; empty when the model proposes none.</param>
internal sealed record DraftResponse(JsonElement Schema, JsonElement Samplers);
