namespace DataGen.Mock.Inference;

/// <summary>
/// Counts tokens about as a byte-pair encoding does: a word is a token per six letters, a number one per three digits,
/// any other mark one of its own; white space belongs to what follows.
/// </summary>
internal static class Tokens
{
    /// <summary>The tokens of a text.</summary>
    public static int Count(ReadOnlySpan<char> text) => Walk(text, int.MaxValue, out _);

    /// <summary>As much of a text as fits; all of it when it does.</summary>
    public static ReadOnlySpan<char> Take(ReadOnlySpan<char> text, int tokens)
    {
        Walk(text, tokens, out var end);
        return text[..end];
    }

    private static int Walk(ReadOnlySpan<char> text, int limit, out int end)
    {
        var count = 0;
        var i = 0;
        while (i < text.Length)
        {
            var start = i;
            while (i < text.Length && char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            if (i == text.Length)
            {
                break;
            }

            var most =
                char.IsLetter(text[i]) ? 6
                : char.IsAsciiDigit(text[i]) ? 3
                : 1;
            var first = i++;
            while (
                i < text.Length && i - first < most && (most == 6 ? char.IsLetter(text[i]) : char.IsAsciiDigit(text[i]))
            )
            {
                i++;
            }

            if (count == limit)
            {
                end = start;
                return count;
            }

            count++;
        }

        end = text.Length;
        return count;
    }
}
