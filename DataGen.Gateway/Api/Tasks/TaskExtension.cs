namespace DataGen.Gateway.Api.Tasks;

/// <summary>How many more records a task is to have. Tasks validates the value.</summary>
/// <param name="Count">Records to add, 1 or more.</param>
internal sealed record TaskExtension(int? Count);
