using System.Globalization;
using DataGen.Mock.Records.Values;
using static DataGen.Mock.Records.Rules.Rule;

namespace DataGen.Mock.Records.Rules;

/// <summary>Titles and running text.</summary>
internal static class TextRules
{
    public static IEnumerable<FieldRule> All { get; } =
    [
        Text("^(review )?(headline|review title|title of (the )?review)", (_, r) => Headline(r)),
        Text("title|subject|headline|heading", Title),
        Text("review|feedback|testimonial|opinion|experience text", (f, r) => Sized(f, r, r.Review())),
        Text("pros|advantages", (_, r) => r.Draw.Pick(Phrases.GoodDetails)),
        Text("cons|disadvantages|drawbacks", (_, r) => r.Draw.Pick(Phrases.MixedDetails)),
        Text("question", (_, r) => r.Draw.Pick(Phrases.Questions)),
        Text(
            "answer|solution|resolution|reply|response",
            (f, r) =>
                Sized(
                    f,
                    r,
                    r.Topic is Topic.Support
                        ? "Thank you for getting in touch. We have checked the case and corrected it; please try again and let us know if anything is still wrong."
                        : r.Draw.Pick(Phrases.Answers)
                )
        ),
        Text(
            "comment|note|remark|memo|usage$|reference text|special requests?",
            (f, r) =>
                Sized(
                    f,
                    r,
                    r.Subject.Contains("review", StringComparison.Ordinal) ? r.Review() : r.Draw.Pick(Phrases.Comments)
                )
        ),
        Text(
            "bio|biography|about me|about$|self description",
            (f, r) =>
                Sized(
                    f,
                    r,
                    $"{r.FirstName} lives in {r.Place.City}, works in {r.Draw.Pick(Phrases.Industries).ToLowerInvariant()} and spends free time with {r.Draw.Pick(Phrases.Hobbies)} and {r.Draw.Pick(Phrases.Hobbies)}."
                )
        ),
        Text(
            "description|text|body|message|content|summary|abstract|details|story|plot|caption|post$|tweet|paragraph|sentence|explanation|complaint|issue|problem|reason|overview|lead|introduction|letter|statement",
            Describe
        ),
        Text("motto|slogan|tagline|quote", (_, r) => r.Faker.Company.CatchPhrase()),
        Text("name$", PersonRules.Name),
    ];

    private static string Headline(RecordContext r) =>
        r.Draw.Pick(
            r.Mood switch
            {
                >= 0.7 => Phrases.GoodHeadlines,
                >= 0.4 => Phrases.MixedHeadlines,
                _ => Phrases.BadHeadlines,
            }
        );

    private static string Title(FieldSpec field, RecordContext r) =>
        r.Topic switch
        {
            _ when r.Subject.Contains("review", StringComparison.Ordinal) => Headline(r),
            Topic.Book or Topic.Movie or Topic.Music => r.WorkTitle,
            Topic.Property => $"{r.Draw.Pick(Phrases.HomeAdjectives)} {r.Draw.Pick(Phrases.Homes)} in {r.Place.City}",
            _ => r.Story.Title,
        };

    private static string Describe(FieldSpec field, RecordContext r)
    {
        var text = r.Subject.Contains("review", StringComparison.Ordinal)
            ? r.Review()
            : r.Topic switch
            {
                Topic.Property =>
                    $"Located in {r.Place.City}, {r.Draw.Whole(3, 12).ToString(CultureInfo.InvariantCulture)} minutes from the centre, with plenty of light and a fitted kitchen.",
                Topic.Book or Topic.Movie =>
                    $"When an old letter turns up, {r.Faker.Name.FirstName()} returns to {r.Draw.Pick(Places.All).City} and has to face a story everybody wanted to forget.",
                _ => r.Story.Text,
            };
        return Sized(field, r, text);
    }

    /// <summary>A text of about the length that was asked for.</summary>
    private static string Sized(FieldSpec field, RecordContext r, string text)
    {
        if (field.MinWords is null && field.MaxWords is null)
        {
            return text;
        }

        var most = field.MaxWords ?? Math.Max(field.MinWords!.Value * 2, 10);
        var words = Descriptions.Words.Count(text);
        if (words < (field.MinWords ?? 0))
        {
            text = $"{text} {r.Prose(field.MinWords!.Value - words, most - words)}";
        }

        return RecordContext.Shorten(text, most);
    }
}
