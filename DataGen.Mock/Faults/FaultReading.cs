namespace DataGen.Mock.Faults;

/// <summary>Reads a value of a switch.</summary>
/// <param name="text">A setting, or JSON.</param>
/// <param name="given">The same as it stands in a complaint.</param>
/// <returns>The value, or what is wrong with it.</returns>
internal delegate (T Value, string? Problem) FaultReading<T>(string text, string given);
