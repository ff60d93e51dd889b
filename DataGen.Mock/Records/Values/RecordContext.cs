using System.Globalization;
using System.Text;
using Bogus;

namespace DataGen.Mock.Records.Values;

/// <summary>One record in the making: what its fields share, so that name and e-mail, city and country, rating and
/// review fit together.</summary>
internal sealed class RecordContext(ulong seed, Faker faker, DateTimeOffset now, string subject, Topic topic)
{
    private Place? place;
    private Story? story;
    private string? title;
    private bool? isFemale;
    private string? firstName;
    private string? lastName;
    private double? rating;
    private DateTimeOffset? lastMoment;

    public Draw Draw { get; } = new(seed);

    public Faker Faker => faker;

    public DateTimeOffset Now => now;

    public string Subject => subject;

    public Topic Topic => topic;

    public Place Place => place ??= Draw.Pick(Places.All);

    public bool IsFemale => isFemale ??= Draw.Chance(0.5);

    public string FirstName =>
        firstName ??= faker.Name.FirstName(
            IsFemale ? Bogus.DataSets.Name.Gender.Female : Bogus.DataSets.Name.Gender.Male
        );

    public string LastName => lastName ??= faker.Name.LastName();

    /// <summary>From 0 (bad) to 1 (good); more are good than bad, as in life. A rating in the record sets it.</summary>
    public double Mood => rating ??= Math.Sqrt(Draw.Share());

    /// <summary>The thing the record is about, with texts that belong together.</summary>
    public Story Story =>
        story ??= topic switch
        {
            Topic.Support => Draw.Pick(Stories.Support),
            Topic.Medical => Draw.Pick(Stories.Medical),
            Topic.Job or Topic.Employee => Draw.Pick(Stories.Job),
            Topic.Banking => Draw.Pick(Stories.Banking),
            Topic.Recipe => Draw.Pick(Stories.Recipe),
            Topic.Article => Draw.Pick(Stories.Article),
            Topic.Event => Draw.Pick(Stories.Event),
            Topic.Education => Draw.Pick(Stories.Course),
            Topic.Social => Draw.Pick(Stories.Social),
            _ => Draw.Pick(Stories.Product),
        };

    /// <summary>A book's, film's or song's title.</summary>
    public string WorkTitle =>
        title ??= Draw.Chance(0.5)
            ? $"The {Draw.Pick(Phrases.TitleAdjectives)} {Draw.Pick(Phrases.TitleNouns)}{Draw.Pick(Phrases.TitleTails)}"
            : $"{Draw.Pick(Phrases.TitleAdjectives)} {Draw.Pick(Phrases.TitleNouns)}{Draw.Pick(Phrases.TitleTails)}";

    /// <summary>A rating between two bounds that fits the mood, or sets it.</summary>
    public double Rate(double from, double to, int decimals)
    {
        var known = this.rating is not null;
        var exact = known
            ? from + (Mood * (to - from))
            : Math.Min(to, from + (Math.Pow(Draw.Share(), 0.6) * (to - from + (decimals == 0 ? 0.999 : 0))));
        var rating = decimals == 0 ? Math.Floor(exact) : Math.Round(exact, decimals);
        if (!known)
        {
            this.rating = to > from ? (rating - from) / (to - from) : 1;
        }

        return Math.Clamp(rating, from, to);
    }

    /// <summary>The local part of an address of the person: <c>ana.maria.silva</c>.</summary>
    public string MailName()
    {
        var first = Plain(FirstName);
        var last = Plain(LastName);
        return Draw.Whole(0, 5) switch
        {
            0 => $"{first[0]}.{last}",
            1 => $"{first}{last}",
            2 => $"{first}.{last}{Draw.Whole(1, 99).ToString(CultureInfo.InvariantCulture)}",
            3 => $"{first}_{last}",
            _ => $"{first}.{last}",
        };
    }

    /// <summary>A moment; ones that are named an end or due come after the one before.</summary>
    public DateTimeOffset Moment(int fromDays, int toDays, bool after)
    {
        var start = after && lastMoment is { } last ? last : now.AddDays(fromDays);
        var span = after && lastMoment is not null ? TimeSpan.FromDays(30) : TimeSpan.FromDays(toDays - fromDays);
        var moment = start + TimeSpan.FromSeconds(Draw.Whole(after ? 3600 : 0, (long)span.TotalSeconds));
        lastMoment = moment;
        return moment;
    }

    /// <summary>Some sentences on the topic, between two lengths.</summary>
    public string Prose(int fromWords, int toWords)
    {
        var text = new StringBuilder(Sentence());
        var length = Descriptions.Words.Count(text.ToString());
        var wanted = Draw.Whole(fromWords, Math.Max(fromWords, toWords));
        for (var tries = 0; length < wanted && tries < 200; tries++)
        {
            var more = Draw.Pick(Phrases.Sentences);
            if (length + Descriptions.Words.Count(more) > toWords && length >= fromWords)
            {
                break;
            }

            text.Append(' ').Append(more);
            length += Descriptions.Words.Count(more);
        }

        return Shorten(text.ToString(), toWords);
    }

    /// <summary>A review that fits the mood.</summary>
    public string Review()
    {
        var (openers, details, endings) = Mood switch
        {
            >= 0.7 => (Phrases.GoodOpeners, Phrases.GoodDetails, Phrases.GoodEndings),
            >= 0.4 => (Phrases.MixedOpeners, Phrases.MixedDetails, Phrases.MixedEndings),
            _ => (Phrases.BadOpeners, Phrases.BadDetails, Phrases.BadEndings),
        };
        return string.Join(
            ' ',
            Draw.Some(details, (int)Draw.Whole(1, 2)).Prepend(Draw.Pick(openers)).Append(Draw.Pick(endings))
        );
    }

    /// <summary>As much of a text as stays within a number of words.</summary>
    public static string Shorten(string text, int words)
    {
        var parts = text.Split(' ');
        return parts.Length <= words ? text : $"{string.Join(' ', parts.Take(words)).TrimEnd(',', ';', ':', '.')}.";
    }

    /// <summary>A name as it stands in an address: lower case, without accents and apostrophes.</summary>
    public static string Plain(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                text.Append(char.ToLowerInvariant(letter));
            }
        }

        return text.Length > 0 ? text.ToString() : "user";
    }

    private string Sentence() =>
        topic is Topic.Product or Topic.Book or Topic.Movie or Topic.Restaurant
        && subject.Contains("review", StringComparison.Ordinal)
            ? Review()
            : Story.Text;
}
