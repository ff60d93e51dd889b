namespace DataGen.Mock.Records.Values;

/// <summary>Somebody.</summary>
/// <param name="FullName">The names in the order of the language.</param>
/// <param name="MailName">The names as they stand in an address, in ASCII: <c>jürgen groß</c> is <c>juergen</c> and
/// <c>gross</c>.</param>
internal sealed record Person(
    string First,
    string Last,
    string FullName,
    bool IsFemale,
    (string First, string Last) MailName
);
