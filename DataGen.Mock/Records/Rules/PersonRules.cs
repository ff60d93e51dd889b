using System.Text.RegularExpressions;
using DataGen.Mock.Records.Values;
using static DataGen.Mock.Records.Rules.Rule;

namespace DataGen.Mock.Records.Rules;

/// <summary>What there is to say about a person.</summary>
internal static class PersonRules
{
    public static IEnumerable<FieldRule> All { get; } =
    [
        Text("first name|given name|forename|christian name", (_, r) => r.FirstName),
        Text("last name|surname|family name", (_, r) => r.LastName),
        Text("middle name", (_, r) => r.Faker.Name.FirstName()),
        Pick("salutation|^honorific|^prefix$", "Ms", "Mr", "Mx", "Dr"),
        Text(
            "(author|artist|director|composer|singer|manager|agent|assignee|assigned to|reviewer|organi[sz]er|speaker|teacher|instructor|host|seller|buyer|contact|owner|emergency contact|guardian|sender|receiver|technician|recruiter|supervisor|writer|chef|driver|landlord|tenant)( name| full name)?$",
            Person
        ),
        Text(
            "(customer|user|person|patient|employee|student|client|member|guest|passenger|candidate|applicant|subscriber|visitor|holder|full|contact|display|player|nurse)s? (full )?name|^(customer|user|patient|employee|student|member|guest|passenger|candidate|applicant|subscriber|person)$|full name",
            (_, r) => $"{r.FirstName} {r.LastName}"
        ),
        Text("^name( of (the )?(person|customer|patient|user|employee))?$", Name),
        new(
            Named("^gender|^sex$"),
            FieldType.Text,
            (_, r) =>
                r.Draw.Chance(0.04) ? "non-binary"
                : r.IsFemale ? "female"
                : "male"
        ),
        Text("pronouns", (_, r) => r.IsFemale ? "she/her" : "he/him"),
        new(Named("^age\\b|age$|years old"), FieldType.Whole, (f, r) => Number(f, r, 18, 85, 0)),
        Pick("marital|civil status|family status", "single", "married", "divorced", "widowed", "in a relationship"),
        List("hobb(y|ies)|interests?$", (_, _) => [.. Phrases.Hobbies]),
        List("languages", (_, _) => [.. Phrases.Languages]),
        Text("language|mother tongue|locale", (_, r) => r.Draw.Pick(Phrases.Languages)),
    ];

    private static string Person(FieldSpec field, RecordContext r) =>
        field.Words.Contains(r.Subject, StringComparison.Ordinal) && r.Subject.Length > 0
            ? $"{r.FirstName} {r.LastName}"
            : $"{r.Faker.Name.FirstName()} {r.Faker.Name.LastName()}";

    private static readonly Regex PersonSubject = Named(
        "customer|user|person|people|employee|patient|student|member|client|guest|author|candidate|applicant|subscriber|passenger|teacher|doctor|contact|lead|buyer|seller|tenant|player|character|profile|citizen|donor|volunteer|agent"
    );

    /// <summary>A bare "name": of a person, unless the record is a thing.</summary>
    public static string Name(FieldSpec field, RecordContext r)
    {
        if (PersonSubject.IsMatch(r.Subject) || PersonSubject.IsMatch(field.Words))
        {
            return $"{r.FirstName} {r.LastName}";
        }

        return r.Topic switch
        {
            Topic.Product or Topic.Recipe or Topic.Event or Topic.Education => r.Story.Title,
            Topic.Book or Topic.Movie or Topic.Music => r.WorkTitle,
            Topic.Restaurant => r.Draw.Pick(Phrases.Restaurants),
            Topic.Travel => r.Draw.Pick(Phrases.Hotels),
            Topic.Sensor => $"{r.Draw.Pick(Phrases.Rooms)} sensor",
            _ when r.Subject.Contains("compan", StringComparison.Ordinal) => r.Faker.Company.CompanyName(),
            _ => $"{r.FirstName} {r.LastName}",
        };
    }
}
