namespace DataGen.Gateway.Api.Tasks;

/// <summary>Failed records that failed with the same message.</summary>
/// <param name="Message">The message; <c>other</c> for all failures after the first 20 different messages.</param>
/// <param name="Count">How many of the task's failed records have it.</param>
/// <param name="FirstIndex">The lowest index among them.</param>
internal sealed record ErrorGroupResponse(string Message, int Count, int FirstIndex);
