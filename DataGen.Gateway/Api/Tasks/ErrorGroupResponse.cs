namespace DataGen.Gateway.Api.Tasks;

/// <summary>Failed records that failed with the same words.</summary>
/// <param name="Message">The words; <c>other</c> stands for all failures beyond the first 20 different
/// messages.</param>
/// <param name="Count">How many of the task's failed records it counts.</param>
/// <param name="FirstIndex">The lowest index among them.</param>
internal sealed record ErrorGroupResponse(string Message, int Count, int FirstIndex);
