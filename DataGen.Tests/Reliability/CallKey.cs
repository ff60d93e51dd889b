namespace DataGen.Tests.Reliability;

/// <summary>Which record a call is for.</summary>
/// <param name="Shop">The number in the prompt of the record's task.</param>
/// <param name="Index">The record's index.</param>
internal readonly record struct CallKey(int Shop, int Index);
