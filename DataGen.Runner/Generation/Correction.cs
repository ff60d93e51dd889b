using System.Text;
using DataGen.Definition;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Generation;

/// <summary>A record that was rejected, and why: two more turns of the conversation, with which the model can correct
/// it.</summary>
/// <param name="Record">The record, as JSON.</param>
/// <param name="Problems">What is wrong with the record, one line each.</param>
internal sealed record Correction(string Record, IReadOnlyList<string> Problems)
{
    /// <summary>Corrections in a row after which the record is asked for from the start: a model that has corrected
    /// nothing by then repeats itself.</summary>
    public const int MostInARow = 2;

    /// <summary>The longest record that is sent back, in characters.</summary>
    public const int LongestRecord = 16 * 1024;

    /// <summary>The two turns.</summary>
    public ChatMessage[] Messages =>
        [
            new(ChatRole.Assistant, Record),
            new(
                ChatRole.User,
                $"This record is not right:\n{Told()}\nAnswer with the whole record once more, corrected."
            ),
        ];

    // Cut to the number of bytes that a budget of tokens reckons with.
    private string Told()
    {
        var lines = new StringBuilder();
        foreach (var line in Problems.Select(problem => $"- {problem}"))
        {
            if (lines.Length > 0 && Encoding.UTF8.GetByteCount($"{lines}\n{line}") > Sampling.MostCorrectionBytes)
            {
                break;
            }

            lines.Append(lines.Length > 0 ? "\n" : "").Append(line);
        }

        return lines.ToString();
    }
}
