using System.Globalization;
using System.Text.RegularExpressions;
using DataGen.Mock.Records.Drafting;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Values;

/// <summary>The sources that <c>fields.txt</c> names, for one field.</summary>
internal sealed partial class Sources(Draft draft, FieldSpec field)
{
    private readonly string role = Role().Match(field.Words) is { Success: true } match ? match.Value : "";

    /// <summary>The source of a kind, or null where it has nothing for this field.</summary>
    public FieldSource? Of(FieldKind kind)
    {
        var arguments = kind.Arguments;
        return kind.Source switch
        {
            "whole" => Number(Real(arguments[0]), Real(arguments[1]), 0, arguments.Length > 2 ? Real(arguments[2]) : 1),
            "real" => Number(Real(arguments[0]), Real(arguments[1]), (int)Real(arguments[2])),
            "price" => Price(Real(arguments[0]), Real(arguments[1])),
            "rating" => Rating(),
            "flag" => Is(FieldType.Flag, record => record.Draw.Chance(field.Share ?? Real(arguments[0]))),
            "date" => When(FieldType.Date, Real(arguments[0]), Real(arguments[1])),
            "moment" => When(FieldType.Moment, Real(arguments[0]), Real(arguments[1])),
            "latitude" => Degrees(record => record.Place.Latitude, 90),
            "longitude" => Degrees(record => record.Place.Longitude, 180),
            "year" => Number(Real(arguments[0]), 2026, 0),
            "index" => Is(FieldType.Whole, record => record.Number ?? record.Draw.Whole(1, 100_000)),
            "list" => Text(record => record.Draw.Pick(List(arguments[0]))),
            "lists" => new FieldSource(FieldType.Text, true, record => List(arguments[0]).ToList()),
            "from" => From(arguments[0], arguments[1]),
            "pattern" => Text(record => record.Draw.Fill(string.Join(' ', arguments))),
            "template" => Text(record => record.Expand(string.Join(' ', arguments))),
            "prose" => Text(),
            "name" => Name(),
            _ => Named(kind.Source) is { } make
                ? Text(make)
                : throw new FormatException($"There is no source '{kind.Source}'."),
        };
    }

    /// <summary>A number within the field's own bounds, else within the usual ones.</summary>
    public FieldSource Number(double low, double high, int decimals, double step = 1)
    {
        var (min, max, digits) = Bounds(low, high, decimals);
        return Is(
            digits > 0 ? FieldType.Number : FieldType.Whole,
            record => Numbers.Between(record.Draw, min, max, digits, step)
        );
    }

    public FieldSource When(FieldType type, double fromDays, double toDays)
    {
        var after = Later().IsMatch(field.Words);
        type = field.Type is FieldType.Date or FieldType.Moment ? field.Type.Value : type;
        var format = type is FieldType.Date ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'";
        return Is(
            type,
            record =>
                (
                    field.From is { } from
                        ? record.Moment(from, field.To ?? from, after)
                        : record.Moment(fromDays, toDays, after)
                ).ToString(format, CultureInfo.InvariantCulture)
        );
    }

    /// <summary>Running text: the prose of a topic of the record, else of what everybody may say.</summary>
    public FieldSource? Text()
    {
        var general = Vocabulary.Instance.Topics.FirstOrDefault(topic =>
            topic.Name is "general" && topic.Language == draft.Language
        );
        foreach (var topic in general is null ? draft.Topics : draft.Topics.Append(general))
        {
            for (var i = topic.Columns.Count - 1; i >= 0; i--)
            {
                if (topic.Columns[i].IsProse)
                {
                    var column = i;
                    return Text(record => Prose.Make(record, topic, column, field));
                }
            }
        }

        return null;
    }

    private Func<RecordContext, string>? Named(string source) =>
        source switch
        {
            "first" => record => record.Person(role).First,
            "last" => record => record.Person(role).Last,
            "person" => record => record.Person(role).FullName,
            "doctor" => record => $"Dr. {record.Person("doctor").FullName}",
            "gender" => record =>
                List("gender")[
                    record.Draw.Chance(0.03) ? 2
                    : record.Person(role).IsFemale ? 0
                    : 1
                ],
            "pronouns" => record => record.Person(role).IsFemale ? "she/her" : "he/him",
            "email" => record => $"{record.MailName(role)}@{field.Domain ?? record.Draw.Pick(List("maildomain"))}",
            "username" => record => record.MailName(role).Replace('.', record.Draw.Chance(0.5) ? '_' : '-'),
            "phone" => record => $"{record.Place.Dial} {record.Draw.Fill(record.Place.Phone)}",
            "street" => Street,
            "address" => record =>
                record.Place.Language is "zh"
                    ? $"{record.Place.Region}{record.Place.City}{Street(record)}"
                    : $"{Street(record)}, {record.Draw.Fill(record.Place.PostalCode)} {record.Place.City}, {record.Place.Country}",
            "postcode" => record => record.Draw.Fill(record.Place.PostalCode),
            "city" => record => record.Place.City,
            "othercity" => record =>
                record
                    .Draw.Pick([.. Vocabulary.Instance.Places.Where(place => place.Language == record.Place.Language)])
                    .City,
            "region" => record => record.Place.Region,
            "country" => record => record.Place.Country,
            "countrycode" => record => record.Place.Code,
            "location" => record => $"{record.Place.City}, {record.Place.Country}",
            "currency" => record => record.Place.Currency,
            "timezone" => record => record.Place.TimeZone,
            "coordinates" => record =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Near(record, record.Place.Latitude)}, {Near(record, record.Place.Longitude)}"
                ),
            "uuid" => Identifiers.Uuid,
            "isbn" => Identifiers.Isbn,
            "iban" => record => record.English.Finance.Iban(),
            "bic" => record => record.English.Finance.Bic(),
            "card" => record => record.English.Finance.CreditCardNumber().Replace("-", " ", StringComparison.Ordinal),
            "ip" => record => record.English.Internet.Ip(),
            "ipv6" => record => record.English.Internet.Ipv6(),
            "mac" => record => record.English.Internet.Mac(),
            "vin" => record => record.English.Vehicle.Vin(),
            "agent" => record => record.English.Internet.UserAgent(),
            "jobtitle" => record => record.Cell("job title") ?? Pick(record, "occupation"),
            "company" => record => record.Faker.Company.CompanyName(),
            "slogan" => record => record.English.Company.CatchPhrase(),
            "image" => record => $"https://{field.Domain ?? "images.example.com"}/{record.Draw.Fill("########")}.jpg",
            "domain" => record => field.Domain ?? $"{record.Person(role).MailName.Last}.example",
            "url" => record => $"https://{field.Domain ?? "www.example.com"}/{Slug(record)}",
            "slug" => Slug,
            "clock" => record => record.Draw.Fill($"{record.Draw.Whole(8, 18):D2}:{record.Draw.Whole(0, 3) * 15:D2}"),
            "bloodpressure" => record => record.Expand("{105-150}/{65-95}"),
            "id" => record => Identifiers.Of(field.Words, draft.Subject, record),
            _ => null,
        };

    private static FieldSource Text(Func<RecordContext, string> make) => Is(FieldType.Text, make);

    private static FieldSource Is(FieldType type, Func<RecordContext, object> make) => new(type, false, make);

    private string[] List(string name) => Vocabulary.Instance.List(name, draft.Language);

    private string Pick(RecordContext record, string name) => record.Draw.Pick(List(name));

    private static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A column of a topic that the description does not speak of: <c>symptoms</c> are medical.</summary>
    private FieldSource? From(string name, string column)
    {
        var all = Vocabulary.Instance.Topics.Where(topic => topic.Name == name).ToArray();
        var topic = all.FirstOrDefault(topic => topic.Language == draft.Language) ?? all[0];
        var index = topic.Find(column);
        return topic.Columns[index].IsList
            ? new FieldSource(FieldType.Text, true, record => record.Cell(topic, index).Split(", ").ToList())
            {
                IsWhole = true,
            }
            : Text(record => Prose.Make(record, topic, index, field));
    }

    /// <summary>A bare "name": of the thing that the topic is about, else of a person.</summary>
    private FieldSource Name() =>
        PersonSubject().IsMatch(draft.Subject) || PersonSubject().IsMatch(field.Words)
            ? Text(record => record.Person(role).FullName)
            : Text(record =>
                record.Cell("name") ?? record.Cell("title") ?? record.Cell("product") ?? record.Person(role).FullName
            );

    private FieldSource Price(double low, double high)
    {
        if (field.Min is not null || field.Max is not null)
        {
            return Number(1, 500, 2);
        }

        // Prices crowd at the lower end, and most end in .99.
        return Is(
            FieldType.Number,
            record =>
            {
                var price = low + (Math.Pow(record.Draw.Share(), 2) * (high - low));
                return (decimal)(record.Draw.Chance(0.5) ? Math.Floor(price) + 0.99 : Math.Round(price, 2));
            }
        );
    }

    /// <summary>A rating that fits the record's mood; a whole number unless decimals were asked for.</summary>
    private FieldSource Rating()
    {
        var isScore = field.Words.Contains("score", StringComparison.Ordinal);
        var (low, high, _) = Bounds(isScore ? 0 : 1, isScore ? 100 : 5, 0);
        var decimals = field.Type is FieldType.Number ? Math.Max(1, field.Decimals) : field.Decimals;
        var rated = draft.Topics.FirstOrDefault(topic => topic.Find("rating") >= 0);
        return Is(
            decimals > 0 ? FieldType.Number : FieldType.Whole,
            record =>
            {
                _ = rated is null ? null : record.Row(rated);
                var exact = low + (record.Mood * (high - low));
                return decimals > 0
                    ? (decimal)Math.Clamp(Math.Round(exact + record.Draw.Real(-0.5, 0.5), decimals), low, high)
                    : (long)Math.Clamp(Math.Round(exact), low, high);
            }
        );
    }

    private (double Min, double Max, int Digits) Bounds(double low, double high, int decimals)
    {
        var min = field.Min ?? Math.Min(low, field.Max ?? low);
        var max = field.Max ?? Math.Max(high, min + (high - low));
        var digits = field.Type switch
        {
            FieldType.Whole => 0,
            FieldType.Number => Math.Max(field.Decimals, Math.Max(decimals, 1)),
            _ => Math.Max(decimals, field.Decimals),
        };
        return (min, max, digits);
    }

    private FieldSource Degrees(Func<RecordContext, double> centre, double most) =>
        field.Min is not null || field.Max is not null
            ? Number(-most, most, 5)
            : Is(FieldType.Number, record => (decimal)Near(record, centre(record)));

    private static double Near(RecordContext record, double degrees) =>
        Math.Round(degrees + record.Draw.Real(-0.08, 0.08), 5);

    private string Street(RecordContext record) =>
        record.Place.Language is "zh" or "ja" ? $"{record.Draw.Pick(List("street"))}{record.Draw.Whole(1, 180)}号"
        : Vocabulary.Instance.FindList("street", record.Place.Language) is { } streets
            ? $"{record.Draw.Pick(streets)} {record.Draw.Whole(1, 180)}"
        : record.Place.Locale.StartsWith("en", StringComparison.Ordinal)
            ? $"{record.Draw.Whole(1, 180)} {record.Faker.Address.StreetName()}"
        : $"{record.Faker.Address.StreetName()} {record.Draw.Whole(1, 180)}";

    private string Slug(RecordContext record) =>
        string.Join(
            '-',
            (record.Cell("title") ?? record.Cell("name") ?? record.Person(role).FullName)
                .Split(' ')
                .Select(Fakers.Ascii)
                .Take(4)
        );

    [GeneratedRegex(
        @"\b(?:doctor|physician|nurse|author|artist|director|composer|singer|manager|agent|assignee|assigned to|reviewer|organi[sz]er|speaker|teacher|instructor|host|seller|buyer|emergency|owner|guardian|sender|receiver|recipient|technician|recruiter|supervisor|chef|driver|landlord|tenant|opponent|white|black)\b"
    )]
    private static partial Regex Role();

    [GeneratedRegex(
        @"^(?:end|due|closed|resolved|updated|modified|check out|arrival|return|expir|last|delivery|delivered|discharge|finish|completed|shipped|departure from)"
    )]
    private static partial Regex Later();

    [GeneratedRegex(
        @"customer|client|user|person|people|employee|patient|student|member|guest|author|candidate|applicant|subscriber|passenger|teacher|doctor|contact|lead\b|buyer|seller|tenant|player|character|profile|citizen|donor|volunteer|agent|resident|worker|pupil|kunde|mitarbeiter|persona|cliente?|客|人|عميل|زبون"
    )]
    private static partial Regex PersonSubject();
}
