using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataGen.Tasks.Budgets;

/// <summary>The JSON of the stored budget.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BudgetState))]
internal sealed partial class BudgetJsonContext : JsonSerializerContext;
