namespace DataGen.Tests.Gateway;

/// <summary>One server-sent event.</summary>
internal sealed record SseEvent(string Type, string Id, string Data);
