namespace DataGen.Web.Display;

/// <summary>One record in the table.</summary>
/// <param name="Index">Zero-based index in its task.</param>
/// <param name="Ok">Whether there is data.</param>
/// <param name="Cells">One per column; empty strings where the record has no such member.</param>
/// <param name="Error">Why it failed; empty when ok.</param>
/// <param name="Effort">How long it took and in how many tries.</param>
internal sealed record RecordRow(int Index, bool Ok, IReadOnlyList<RecordCell> Cells, string Error, string Effort);
