using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Drafting;

/// <summary>What a description asks for.</summary>
/// <param name="Subject">What one record is, as far as it was said: <c>customer</c>.</param>
/// <param name="Language">The language of the records: <c>en</c>, <c>de</c>, <c>zh</c> …</param>
/// <param name="Topics">What it is about, the most likely first.</param>
/// <param name="Fields">Its fields in the order named.</param>
/// <param name="City">Where it happens, when the description says so: <c>a delivery van in Berlin</c>.</param>
internal sealed record Draft(
    string Subject,
    string Language,
    IReadOnlyList<Topic> Topics,
    IReadOnlyList<FieldSpec> Fields,
    string? City = null
);
