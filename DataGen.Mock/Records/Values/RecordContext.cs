using System.Globalization;
using System.Text.RegularExpressions;
using Bogus;
using DataGen.Mock.Records.Drafting;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Values;

/// <summary>One record in the making: remembers what its fields share, so that they fit together.</summary>
/// <param name="draft">What is asked for.</param>
/// <param name="places">The places that it may be set in.</param>
/// <param name="number">Its number in the dataset, where the prompt says it.</param>
internal sealed partial class RecordContext(
    ulong seed,
    Fakers fakers,
    DateTimeOffset now,
    Draft draft,
    IReadOnlyList<Place> places,
    long? number
)
{
    private readonly Dictionary<string, Person> people = new(StringComparer.Ordinal);
    private readonly Dictionary<Topic, string[]> rows = [];
    private readonly Dictionary<(Topic, int), string> cells = [];
    private readonly Dictionary<string, string> slots = new(StringComparer.Ordinal);
    private Place? place;
    private double? mood;
    private DateTimeOffset? lastMoment;

    public Draw Draw { get; } = new(seed);

    public Draft Draft => draft;

    public DateTimeOffset Now => now;

    public long? Number => number;

    public Place Place => place ??= Draw.Pick(places);

    /// <summary>Bogus in the language of the record.</summary>
    public Faker Faker => fakers.In(Place.Locale);

    /// <summary>Bogus in English, for what it has in no other language.</summary>
    public Faker English => fakers.In("en");

    /// <summary>From 0 (bad) to 1 (good). A row that holds a rating sets it.</summary>
    public double Mood => mood ??= Math.Pow(Draw.Share(), 0.6);

    /// <summary>Another record within this one, such as an item of an order.</summary>
    public RecordContext Within() =>
        new((ulong)Draw.Whole(0, long.MaxValue), fakers, now, draft, [Place], number) { lastMoment = lastMoment };

    /// <summary>The person in a role of the record: the doctor is another than the patient.</summary>
    public Person Person(string role)
    {
        if (!people.TryGetValue(role, out var person))
        {
            people[role] = person = fakers.Person(Place.Locale, Place.Language);
        }

        return person;
    }

    /// <summary>A cell of the row that the record has in a topic's table, with its choices made.</summary>
    public string Cell(Topic topic, int column)
    {
        if (!cells.TryGetValue((topic, column), out var cell))
        {
            cells[(topic, column)] = cell = Expand(Row(topic)[column]);
        }

        return cell;
    }

    /// <summary>The value of a column in the first of the record's topics that has it, or null.</summary>
    public string? Cell(string name)
    {
        foreach (var topic in draft.Topics)
        {
            if (topic.Find(name) is >= 0 and var column)
            {
                return Cell(topic, column);
            }
        }

        return null;
    }

    public string[] Row(Topic topic)
    {
        if (!rows.TryGetValue(topic, out var row))
        {
            rows[topic] = row = Draw.Pick(topic.Rows);
            if (topic.Find("rating") is >= 0 and var rating)
            {
                mood = (double.Parse(row[rating], CultureInfo.InvariantCulture) - 1) / 4;
            }
        }

        return row;
    }

    /// <summary>
    /// Makes the choices of a template: <c>{red/blue}</c>, <c>{2-9}</c>, <c>{product}</c>. The same slot is filled the
    /// same way everywhere in a record, so that a question and its answer agree.
    /// </summary>
    public string Expand(string template) =>
        template.Contains('{', StringComparison.Ordinal)
            ? Slot().Replace(template, slot => Choose(slot.Groups[1].Value))
            : template;

    /// <summary>A moment some days from now; one that ends something comes after the one before it.</summary>
    public DateTimeOffset Moment(double fromDays, double toDays, bool after)
    {
        var isLater = after && lastMoment is not null;
        var start = isLater ? lastMoment!.Value : now.AddDays(fromDays);
        var span = isLater ? TimeSpan.FromDays(21) : TimeSpan.FromDays(toDays - fromDays);
        return Remember(start.AddSeconds(Draw.Whole(isLater ? 3600 : 0, (long)span.TotalSeconds)));
    }

    /// <summary>A moment between two days, the second included.</summary>
    public DateTimeOffset Moment(DateOnly from, DateOnly to, bool after)
    {
        var start = new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var end = new DateTimeOffset(to.ToDateTime(new TimeOnly(23, 59, 59)), TimeSpan.Zero);
        if (after && lastMoment > start && lastMoment < end)
        {
            start = lastMoment.Value.AddMinutes(1) < end ? lastMoment.Value.AddMinutes(1) : end;
        }

        return Remember(start.AddSeconds(Draw.Whole(0, (long)(end - start).TotalSeconds)));
    }

    /// <summary>The local part of an address of a person: <c>ana.silva</c>.</summary>
    public string MailName(string role)
    {
        var (first, last) = Person(role).MailName;
        return Draw.Whole(0, 5) switch
        {
            0 => $"{first[0]}.{last}",
            1 => $"{first}{last}",
            2 => string.Create(CultureInfo.InvariantCulture, $"{first}.{last}{Draw.Whole(1, 99)}"),
            3 => $"{first}_{last}",
            _ => $"{first}.{last}",
        };
    }

    private DateTimeOffset Remember(DateTimeOffset moment)
    {
        lastMoment = moment;
        return moment;
    }

    private string Choose(string slot)
    {
        if (!slots.TryGetValue(slot, out var chosen))
        {
            slots[slot] = chosen = Fill(slot);
        }

        return chosen;
    }

    private string Fill(string slot)
    {
        if (slot.Contains('/', StringComparison.Ordinal))
        {
            return Draw.Pick(slot.Split('/'));
        }

        if (Numbers.TryRange(slot, out var low, out var high, out var decimals))
        {
            return Numbers.Text(Numbers.Between(Draw, low, high, decimals));
        }

        return slot switch
        {
            "first" => Person("").First,
            "name" => Person("").FullName,
            "city" => Place.City,
            _ when slot.Contains('#', StringComparison.Ordinal) => Draw.Fill(slot),
            _ => Cell(slot) ?? Expand(Draw.Pick(Vocabulary.Instance.List(slot, draft.Language))),
        };
    }

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Slot();
}
