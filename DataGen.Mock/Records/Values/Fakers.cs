using System.Globalization;
using System.Text;
using Bogus;
using Bogus.DataSets;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Values;

/// <summary>Bogus' generators for the locales in use. Used by one record at a time.</summary>
/// <param name="repeatable">The same record is made the same again, which costs a new random sequence for each.</param>
internal sealed class Fakers(bool repeatable)
{
    private readonly Dictionary<string, Faker> byLocale = new(StringComparer.Ordinal);
    private readonly HashSet<Faker> seeded = [];
    private Draw draw = new(0);

    /// <summary>Everything from here on depends on <paramref name="next"/> only.</summary>
    public void Restart(Draw next)
    {
        draw = next;
        if (repeatable)
        {
            seeded.Clear();
        }
    }

    public Faker In(string locale)
    {
        if (!byLocale.TryGetValue(locale, out var faker))
        {
            byLocale[locale] = faker = new Faker(locale);
        }

        if (seeded.Add(faker))
        {
            faker.Random = new Randomizer((int)draw.Whole(0, int.MaxValue));
        }

        return faker;
    }

    public Person Person(string locale, string language)
    {
        var isFemale = draw.Chance(0.5);
        // Lists with the names in Latin letters exist where an address cannot be made from the script itself.
        if (Vocabulary.Instance.FindList(isFemale ? "women" : "men", language) is { } firsts)
        {
            var (first, firstMail) = Written(draw.Pick(firsts));
            var (last, lastMail) = Written(draw.Pick(Vocabulary.Instance.List("families", language)));
            var full =
                language is "zh" ? last + first
                : language is "ja" ? $"{last} {first}"
                : $"{first} {last}";
            return new Person(first, last, full, isFemale, (firstMail, lastMail));
        }

        var names = In(locale).Name;
        var gender = isFemale ? Name.Gender.Female : Name.Gender.Male;
        var (given, family) = (names.FirstName(gender).Trim(), names.LastName(gender).Trim());
        return new Person(given, family, $"{given} {family}", isFemale, (Ascii(given), Ascii(family)));
    }

    /// <summary>Lower-case ASCII letters and digits: <c>Ångström</c> is <c>angstroem</c>.</summary>
    public static string Ascii(string name)
    {
        name = name.ToLowerInvariant();
        if (name.Length > 0 && name.All(char.IsAsciiLetterOrDigit))
        {
            return name;
        }

        var latin = Transliterater
            .Translate(name.Replace("ø", "oe", StringComparison.Ordinal))
            .Normalize(NormalizationForm.FormD);
        var ascii = string.Concat(latin.Where(char.IsAsciiLetterOrDigit)).ToLower(CultureInfo.InvariantCulture);
        return ascii.Length > 0 ? ascii : "user";
    }

    /// <summary><c>王 wang</c>.</summary>
    private static (string Name, string Latin) Written(string pair)
    {
        var cut = pair.LastIndexOf(' ');
        return (pair[..cut], pair[(cut + 1)..]);
    }
}
