using System.Text.RegularExpressions;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Drafting;

/// <summary>Cuts a list such as <c>full name, e-mail, age 18-90 and country (DE, FR or IT)</c> into its
/// items.</summary>
internal static partial class ItemSplitter
{
    /// <summary>The items of a list. Where there are semicolons they alone part items; commas within parentheses and
    /// quotes never do.</summary>
    public static List<string> Split(string list)
    {
        list = SharedWord().Replace(list, "$1 $3, $2 $3");
        list = Each().Replace(list, " ($1)");
        var separator = TopLevel(list).Any(at => list[at] is ';') ? ";\n" : ",\n";
        var items = new List<string>();
        var start = 0;
        foreach (var at in TopLevel(list))
        {
            if (!separator.Contains(list[at], StringComparison.Ordinal))
            {
                continue;
            }

            items.Add(list[start..at]);
            start = at + 1;
        }

        items.Add(list[start..]);
        return JoinChoices(
            items
                .SelectMany(SplitAnd)
                .Select(item => item.Trim().TrimEnd('.', ':').Trim())
                .Where(item => item.Length > 0)
        );
    }

    /// <summary>Where the separators outside parentheses and quotes are.</summary>
    private static List<int> TopLevel(string text)
    {
        var places = new List<int>();
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth = Math.Max(0, depth - 1);
                    break;
                case '"' or '“' or '”':
                    quoted = !quoted && text[i] is not '”';
                    break;
                case '\n' when !quoted:
                    depth = 0;
                    places.Add(i);
                    break;
                case ',' when i > 0 && i + 1 < text.Length && char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1]):
                    break;
                case ',' or ';' when depth == 0 && !quoted:
                    places.Add(i);
                    break;
            }
        }

        return places;
    }

    /// <summary>Parts <c>a and b</c>, but not <c>between 1 and 5</c>.</summary>
    private static IEnumerable<string> SplitAnd(string item)
    {
        var start = 0;
        foreach (Match and in And().Matches(item))
        {
            var before = item[start..and.Index];
            var opened = before.Count(letter => letter is '(' or '[') > before.Count(letter => letter is ')' or ']');
            if (
                opened
                || Adjective().IsMatch(before)
                || OpenBetween().IsMatch(before)
                || (
                    before.EndsWith("date", StringComparison.OrdinalIgnoreCase)
                    && Time().IsMatch(item[(and.Index + and.Length)..])
                )
            )
            {
                continue;
            }

            yield return before;
            start = and.Index + and.Length;
        }

        yield return item[start..];
    }

    /// <summary>
    /// Puts choices that commas have torn apart together again: <c>status one of open, closed, pending</c> and
    /// <c>urgency low, medium or high</c>.
    /// </summary>
    private static List<string> JoinChoices(IEnumerable<string> pieces)
    {
        var all = pieces.Select(piece => LeadingAnd().Replace(piece, "")).ToList();
        var items = new List<string>();
        for (var i = 0; i < all.Count; i++)
        {
            var piece = all[i];
            // "80 % paid, 15 % open": choices with their shares.
            if (items.Count > 0 && Weighted().IsMatch(piece) && items[^1].Contains('%', StringComparison.Ordinal))
            {
                items[^1] = $"{items[^1]}, {piece}";
                continue;
            }

            if (Introduced().IsMatch(piece) && !Or().IsMatch(piece))
            {
                var end = ChoicesEnd(all, i);
                items.Add(string.Join(", ", all[i..end]));
                i = end - 1;
                continue;
            }

            if (items.Count > 0 && Or().IsMatch(piece) && IsBareChoice(piece) && FirstChoice(items) is { } first)
            {
                var name = items[first];
                var cut = name.LastIndexOf(' ');
                var choices = items[(first + 1)..].Prepend(name[(cut + 1)..]).Append(piece);
                items[first] = $"{name[..cut].TrimEnd(':')}: one of {string.Join(", ", choices)}";
                items.RemoveRange(first + 1, items.Count - first - 1);
                continue;
            }

            items.Add(piece);
        }

        return items;
    }

    /// <summary>Where choices that began at <paramref name="start"/> end: after an "or", else where something looks
    /// like another field.</summary>
    private static int ChoicesEnd(List<string> pieces, int start)
    {
        var end = start + 1;
        while (end < pieces.Count && IsBareChoice(pieces[end]))
        {
            if (Or().IsMatch(pieces[end++]))
            {
                return end;
            }
        }

        var first = pieces[start].TrimEnd().Split(' ', ':')[^1];
        end = start + 1;
        while (end < pieces.Count && IsBareChoice(pieces[end]) && LooksLike(first, pieces[end]))
        {
            end++;
        }

        return end;
    }

    /// <summary>Whether a piece is a choice like another: as capital as it, and no name of a field.</summary>
    private static bool LooksLike(string first, string piece) =>
        first.Length > 0
        && char.IsUpper(first[0]) == char.IsUpper(piece[0])
        && first.All(char.IsUpper) == piece.All(char.IsUpper)
        && !Begins().IsMatch(piece)
        && Vocabulary.Instance.Kind(Words.Of(piece)) is null or { Source: "flag" or "moment" };

    /// <summary>The item that holds the name and the first of bare choices that follow it, or null: <c>urgency
    /// low</c>.</summary>
    private static int? FirstChoice(List<string> items)
    {
        var first = items.Count - 1;
        while (first > 0 && Words.Count(items[first]) == 1)
        {
            first--;
        }

        return Words.Count(items[first]) > 1 ? first : null;
    }

    private static bool IsBareChoice(string piece) =>
        piece.Length <= 40
        && Words.Count(piece) <= 4
        && !piece.Contains('(', StringComparison.Ordinal)
        && !HasColon().IsMatch(piece)
        && !Range().IsMatch(piece)
        && !Introduced().IsMatch(piece);

    /// <summary><c>first and last name</c>: two fields that share a word.</summary>
    [GeneratedRegex(
        @"\b(first|given|start|begin|min|minimum|opening|departure|billing|systolic|check-in)\s+(?:and|&)\s+(last|family|end|max|maximum|closing|arrival|shipping|diastolic|check-out)\s+(\p{L}+)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex SharedWord();

    [GeneratedRegex(@"\s+(?:and|plus|as well as)\s+|\s+&\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"^(?:and|plus|or|also)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex LeadingAnd();

    /// <summary><c>a correct and friendly answer</c> is one field.</summary>
    [GeneratedRegex(
        @"^\s*(?:(?:an?|the)\s+)?(?:correct|friendly|short|clear|concise|polite|realistic|plausible|brief|detailed|helpful|unique)\s*$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Adjective();

    [GeneratedRegex(@"^time\b", RegexOptions.IgnoreCase)]
    private static partial Regex Time();

    /// <summary><c>items, each with product, quantity and price</c>: the fields of what is listed, up to the one after
    /// "and".</summary>
    [GeneratedRegex(
        @",?\s*\(?(each (?:one )?(?:with|having|containing)\s+[^()\n;]{1,300}?\band\s+[^,;.()\n]{1,60})\)?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Each();

    [GeneratedRegex(@"^(?:whether|an?|the|their|its|optional)\s", RegexOptions.IgnoreCase)]
    private static partial Regex Begins();

    /// <summary>A "between" whose "and" is still to come.</summary>
    [GeneratedRegex(@"\bbetween\s+\S+(?:\s+\S+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex OpenBetween();

    [GeneratedRegex(@"(?:^|\s)or\s", RegexOptions.IgnoreCase)]
    private static partial Regex Or();

    [GeneratedRegex(
        @"\b(?:one of|either|any of|choose from|chosen from|selected from|out of|such as|e\.g\.|for example|like)(?:\s|:|$)|\S:\s*\S",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Introduced();

    [GeneratedRegex(@"\S:\s")]
    private static partial Regex HasColon();

    [GeneratedRegex(@"^\d{1,3}\s*%\s+\p{L}")]
    private static partial Regex Weighted();

    [GeneratedRegex(
        @"\d\s*(?:-|–|—|to|\.\.)\s*\d|\bbetween\b|\bup to\b|\bat (?:least|most)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Range();
}
