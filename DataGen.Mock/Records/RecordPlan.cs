namespace DataGen.Mock.Records;

/// <summary>What a prompt asks for.</summary>
/// <param name="Subject">What one record is, as far as it was said: <c>customer</c>.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Fields">Its fields in the order named; empty when none were found.</param>
internal sealed record RecordPlan(string Subject, Topic Topic, IReadOnlyList<FieldSpec> Fields);
