namespace DataGen.Mock.Settings;

/// <summary>What is fixed for the life of the process; everything that may change while it runs is a fault
/// switch.</summary>
/// <param name="DataDirectory">Where the database and the files lie; null: a temporary folder that goes away with the
/// process.</param>
/// <param name="Seed">Makes records depend on nothing but the seed and the messages; null: every call draws
/// afresh.</param>
/// <param name="Model">The model's name in answers of the Ratio1 API.</param>
/// <param name="NodeSecret">The password that CStore and R1FS ask for; null: none.</param>
internal sealed record MockSettings(string? DataDirectory, ulong? Seed, string Model, string? NodeSecret);
