namespace DataGen.Mock.Records.Values;

/// <summary>A city and what goes with it.</summary>
/// <param name="PostalCode">With <c>#</c> for a digit and <c>?</c> for a letter.</param>
/// <param name="Phone">Likewise, after the country's code.</param>
internal sealed record Place(
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
