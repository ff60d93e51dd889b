namespace DataGen.Gateway.Api.Tasks;

/// <summary>Answers whose record the definition did not allow.</summary>
/// <param name="Invalid">Not valid under the schema, or a drawn value changed.</param>
/// <param name="Duplicate">Repeated another record in what has to differ.</param>
internal sealed record RejectedResponse(int Invalid, int Duplicate);
