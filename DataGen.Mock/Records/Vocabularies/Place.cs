namespace DataGen.Mock.Records.Vocabularies;

/// <summary>A city and what goes with it.</summary>
/// <param name="Language">The language that the names are written in.</param>
/// <param name="Locale">Bogus' locale for the people who live there, in the letters of
/// <paramref name="Language"/>.</param>
/// <param name="PostalCode">With <c>#</c> for a digit and <c>?</c> for a letter.</param>
/// <param name="Phone">The same, after the country's code.</param>
internal sealed record Place(
    string Language,
    string Locale,
    string Country,
    string Code,
    string City,
    string Region,
    string PostalCode,
    string Dial,
    string Phone,
    string Currency,
    string TimeZone,
    double Latitude,
    double Longitude
);
