namespace DataGen.Mock.Records;

/// <summary>A message of the prompt.</summary>
/// <param name="Role"><c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Content">Its text, trimmed.</param>
internal sealed record ChatMessage(string Role, string Content);
