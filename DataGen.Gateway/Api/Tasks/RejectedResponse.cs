namespace DataGen.Gateway.Api.Tasks;

/// <summary>Answers whose record the definition did not allow.</summary>
/// <param name="Invalid">Not valid under the schema, or a drawn value changed.</param>
/// <param name="Rule">Broke a rule between its members.</param>
/// <param name="Duplicate">Repeated another record, or an example, in what has to differ.</param>
/// <param name="Near">Was nearly another record in the text that has to differ.</param>
internal sealed record RejectedResponse(int Invalid, int Rule, int Duplicate, int Near);
