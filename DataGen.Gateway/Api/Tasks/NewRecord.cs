using System.Text.Json;

namespace DataGen.Gateway.Api.Tasks;

/// <summary>A record as it is to be.</summary>
/// <param name="Data">A JSON object, valid under the task's schema and rules.</param>
internal sealed record NewRecord(JsonElement? Data);
