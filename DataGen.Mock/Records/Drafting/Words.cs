using System.Globalization;
using System.Text;

namespace DataGen.Mock.Records.Drafting;

/// <summary>Turns names into words and back.</summary>
internal static class Words
{
    private static readonly string[] NumberWords =
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".Split(
            ' '
        );

    /// <summary><c>dateOfBirth</c>, <c>date_of_birth</c> and <c>Date of birth</c> are all <c>date of birth</c>;
    /// <c>e-mail</c> is <c>email</c>.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var letter = name[i];
            if (letter is '\'' or '’')
            {
                continue;
            }

            if (!char.IsLetterOrDigit(letter))
            {
                if (letter is '%')
                {
                    text.Append(" percent ");
                }
                else
                {
                    text.Append(' ');
                }

                continue;
            }

            var startsWord =
                char.IsUpper(letter)
                && i > 0
                && (
                    char.IsLower(name[i - 1])
                    || char.IsDigit(name[i - 1])
                    || (char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1]))
                );
            if (startsWord)
            {
                text.Append(' ');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        var words = string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return $" {words} "
            .Replace(" e mail ", " email ", StringComparison.Ordinal)
            .Replace(" e mails ", " emails ", StringComparison.Ordinal)
            .Trim();
    }

    /// <summary><c>date of birth</c> is <c>date_of_birth</c>.</summary>
    public static string SnakeCase(string words) => words.Replace(' ', '_');

    /// <summary>Whether somebody wrote it as a name in code: <c>order_id</c>, <c>orderId</c>.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length > 0
        && text.All(letter => char.IsLetterOrDigit(letter) || letter is '_')
        && (text.Contains('_', StringComparison.Ordinal) || text.Skip(1).Any(char.IsUpper))
        && text.Any(char.IsLower);

    /// <summary>The number that digits or a word up to twenty stand for, or null.</summary>
    public static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : Array.IndexOf(NumberWords, text.ToLowerInvariant()) is >= 0 and var index ? index + 1
        : null;

    public static int Count(IEnumerable<string> texts) => texts.Sum(Count);

    public static int Count(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}
