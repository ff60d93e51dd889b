namespace DataGen.Definition.Schemas;

/// <summary>A part of a record that its schema does not allow.</summary>
/// <param name="Place">The place in the record, as a JSON pointer (RFC 6901); empty: the record itself.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
public sealed record SchemaViolation(string Place, string Message);
