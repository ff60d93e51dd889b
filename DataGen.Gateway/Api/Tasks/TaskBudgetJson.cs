using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataGen.Gateway.Api.Tasks;

/// <summary>The JSON of the budget in a definition.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(TaskBudget))]
internal sealed partial class TaskBudgetJson : JsonSerializerContext;
