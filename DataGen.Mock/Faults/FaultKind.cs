using System.Text.Json;

namespace DataGen.Mock.Faults;

/// <summary>How values of one kind are read, checked and written.</summary>
internal abstract class FaultKind<T>
{
    /// <summary>Reads a setting; returns what is wrong, or null.</summary>
    public abstract string? ParseText(string text, out T value);

    /// <summary>Reads a JSON value; returns what is wrong, or null.</summary>
    public abstract string? ParseJson(JsonElement json, out T value);

    public abstract void Write(Utf8JsonWriter json, T value);
}
