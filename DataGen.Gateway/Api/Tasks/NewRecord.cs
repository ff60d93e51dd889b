using System.Text.Json;

namespace DataGen.Gateway.Api.Tasks;

/// <summary>The new text of a record.</summary>
/// <param name="Data">A JSON object, valid under the task's schema and rules.</param>
internal sealed record NewRecord(JsonElement? Data);
