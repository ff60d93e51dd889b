namespace DataGen.ServiceDefaults.Settings;

/// <summary>A setting is missing or cannot be used. The message is one line that names the setting and never repeats a
/// secret's value.</summary>
/// <param name="name">The setting's name as the operator writes it, for example <c>DATAGEN_SESSION_SECRET</c>.</param>
/// <param name="problem">What is wrong and what would be right.</param>
public sealed class SettingException(string name, string problem) : Exception($"{name}: {problem}")
{
    /// <summary>The setting's name as the operator writes it.</summary>
    public string Name { get; } = name;
}
