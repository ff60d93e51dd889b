namespace DataGen.Tests.Interop;

/// <summary>What one of the packages threw.</summary>
internal sealed class TypeScriptException(string? code, string message, int? status) : Exception(message)
{
    /// <summary>The code of cstore-auth-ts, <c>USER_EXISTS</c> for instance.</summary>
    public string? Code { get; } = code;

    /// <summary>The HTTP status, when the node refused.</summary>
    public int? Status { get; } = status;
}
