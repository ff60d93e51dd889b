using System.Text.RegularExpressions;

namespace DataGen.Mock.Records.Drafting;

/// <summary>Finds the language that a description is written in or asks for, and brings its punctuation and joining
/// words into English form.</summary>
internal static partial class Languages
{
    private static readonly (string Language, Regex Words)[] Common =
    [
        ("de", German()),
        ("fr", French()),
        ("es", Spanish()),
        ("it", Italian()),
        ("pt", Portuguese()),
        ("nl", Dutch()),
        ("pl", Polish()),
    ];

    /// <summary>Japanese first: it has Chinese characters too.</summary>
    private static readonly (string Language, char From, char To)[] Scripts =
    [
        ("ja", '\u3040', '\u30ff'),
        ("ar", '\u0600', '\u06ff'),
        ("ru", '\u0400', '\u04ff'),
        ("zh", '\u4e00', '\u9fff'),
    ];

    /// <summary>The language of the records. <paramref name="head"/> is what stands before the list of
    /// fields.</summary>
    public static string Find(string text, string head)
    {
        if (Named().Match(head) is { Success: true } named)
        {
            return named.Groups[1].Value.ToLowerInvariant() switch
            {
                "german" => "de",
                "french" => "fr",
                "spanish" => "es",
                "italian" => "it",
                "portuguese" or "brazilian" => "pt",
                "dutch" => "nl",
                "polish" => "pl",
                "russian" => "ru",
                "chinese" => "zh",
                "japanese" => "ja",
                _ => "ar",
            };
        }

        foreach (var (language, from, to) in Scripts)
        {
            if (text.AsSpan().ContainsAnyInRange(from, to))
            {
                return language;
            }
        }

        var (best, most) = ("en", English().Count(text));
        foreach (var (language, words) in Common)
        {
            if (words.Count(text) is var count && count > most)
            {
                (best, most) = (language, count);
            }
        }

        return best;
    }

    /// <summary><c>Alter zwischen 18 und 90、城市</c> is <c>Alter between 18 and 90, 城市</c>.</summary>
    public static string Normalise(string text, string language)
    {
        text = Punctuation()
            .Replace(
                text,
                match =>
                    match.Value switch
                    {
                        "：" => ": ",
                        "；" or "؛" => "; ",
                        "（" => " (",
                        "）" => ")",
                        "。" => ". ",
                        _ => ", ",
                    }
            );
        if (language is "en")
        {
            return text;
        }

        text = To().Replace(text, "$1-$2");
        text = WordUnit().Replace(text, " words");
        text = SentenceUnit().Replace(text, " sentences");
        text = And().Replace(text, " and ");
        text = Or().Replace(text, " or ");
        text = Of().Replace(text, " of ");
        text = Between().Replace(text, "between");
        return With().Replace(text, " with ");
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"\b(German|French|Spanish|Italian|Portuguese|Brazilian|Dutch|Polish|Russian|Chinese|Japanese|Arabic|Arab)\b(?! (?:cuisine|restaurant|recipe|dish|course|lesson|food|car))",
        Options
    )]
    private static partial Regex Named();

    [GeneratedRegex(@"\b(?:the|an?|of|with|and|or|in|for|from|is|one|name|age|price|date)\b", Options)]
    private static partial Regex English();

    [GeneratedRegex(
        @"\b(?:ein|eine[rsn]?|der|die|das|und|oder|mit|von|für|zwischen|bis|im|jede[rs]?|ist|alter|stadt|vorname|preis)\b",
        Options
    )]
    private static partial Regex German();

    [GeneratedRegex(
        @"\b(?:une?|le|la|les|des|du|et|ou|avec|entre|dans|pour|chaque|est|âge|ville|nom|prénom|prix|d'une?)\b|\b[dl]['’]",
        Options
    )]
    private static partial Regex French();

    [GeneratedRegex(@"\b(?:una?|el|los|las|del|y|o|con|entre|en|para|cada|es|edad|ciudad|nombre|precio|de)\b", Options)]
    private static partial Regex Spanish();

    [GeneratedRegex(@"\b(?:uno?|una|il|gli|della|del|di|e|o|con|tra|ogni|età|città|nome|cognome|prezzo)\b", Options)]
    private static partial Regex Italian();

    [GeneratedRegex(@"\b(?:uma?|os|as|do|da|dos|e|ou|com|entre|em|para|cada|idade|cidade|nome|preço|de)\b", Options)]
    private static partial Regex Portuguese();

    [GeneratedRegex(
        @"\b(?:een|het|van|met|en|of|tussen|voor|elke|is|leeftijd|stad|naam|voornaam|achternaam|prijs)\b",
        Options
    )]
    private static partial Regex Dutch();

    [GeneratedRegex(@"\b(?:klient|z|i|lub|oraz|dla|od|do|imię|nazwisko|wiek|miasto|cena)\b", Options)]
    private static partial Regex Polish();

    [GeneratedRegex("[：；؛（）。、，،]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"(\d)\s*(?:bis|à|a|hasta|até|tot|do|до|至|到|إلى|から)\s*(\d)", Options)]
    private static partial Regex To();

    [GeneratedRegex(
        @"\s(?:und|et|y|e|en|i|oraz|и)\s|(?<=[\u4e00-\u9fff)])(?:和|以及|及)(?=[\u4e00-\u9fff])|,?\sو(?=ال|\s)",
        Options
    )]
    private static partial Regex And();

    [GeneratedRegex(@"\s(?:oder|ou|o|of|lub|или|أو)\s|\s?或\s?", Options)]
    private static partial Regex Or();

    [GeneratedRegex(@"(?<=\d)\s+(?:Wörtern?|mots|palabras|parole|palavras|woorden|słów)\b", Options)]
    private static partial Regex WordUnit();

    [GeneratedRegex(@"(?<=\d)\s+(?:Sätzen?|phrases|frases|oraciones|frasi|zinnen)\b", Options)]
    private static partial Regex SentenceUnit();

    [GeneratedRegex(@"\s(?:von|mit|de|di|van)\s(?=\d)", Options)]
    private static partial Regex Of();

    [GeneratedRegex(@"\b(?:zwischen|entre|tra|tussen|między|между)\b", Options)]
    private static partial Regex Between();

    [GeneratedRegex(@"\s(?:mit|avec|con|com|met|с)\s", Options)]
    private static partial Regex With();
}
