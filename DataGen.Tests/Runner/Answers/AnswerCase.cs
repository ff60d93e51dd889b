namespace DataGen.Tests.Runner.Answers;

/// <summary>A model's answer and what is right: the record that it holds, or the reason why it holds none.</summary>
public sealed record AnswerCase(string Name, string Text, string? Record, string? Reason);
