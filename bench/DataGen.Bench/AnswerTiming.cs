using System.Diagnostics;
using DataGen.Runner.Generation;

namespace DataGen.Bench;

/// <summary>Whether reading an answer takes time in proportion to its length, whatever stands in it: processor time for
/// a text repeated to one, two and four megabytes. Linear is 2.0 each time.</summary>
internal static class AnswerTiming
{
    private static readonly (string Head, string Unit, string Tail)[] Texts =
    [
        ("{\"a\":\"", "x", "\"}"),
        ("", "[1 ", ""),
        ("", "[1 ", "{\"a\":1}"),
        ("", "[", "{\"a\":1}"),
        ("", "[1,", "{\"a\":1}"),
        ("", "{", ""),
        ("", "{\"a\":", ""),
        ("", "{\"a\":", "1"),
        ("", "{\"a\":1,", ""),
        ("", "{\"</think>", ""),
        ("", "{\"\":\",</think>{\"\":\",", ""),
        ("", "{x", "</think>{\"a\":1}"),
        ("", "{name} ", "{\"a\":1}"),
        ("", "<think>", ""),
        ("", "</think>", "{\"a\":1}"),
        ("", "<think></think>", "{\"a\":1}"),
        ("", "<think ", "{\"a\":1}"),
        ("", "<", "{\"a\":1}"),
        ("<think>", "</thinking>", "</think>{\"a\":1}"),
        ("", "<|channel|>", ""),
        ("", "<|channel|>analysis<|message|>", "<|channel|>final<|message|>{\"a\":1}"),
        ("", "\"", "{\"a\":1}"),
        ("", "\" ", "{\"a\":1}"),
        ("", "\\\"", "{\"a\":1}"),
        ("{\"a\":\"", "\\", ""),
        ("", "```\n", "{\"a\":1}"),
        ("", "```json ", "{\"a\":1}"),
        ("", "\n", "{\"a\":1}"),
        ("", " ", "{\"a\":1}"),
        ("", "-", ": {\"a\":1}"),
        ("", "a:", "{\"a\":1}"),
        ("", "a: 1\n", "Home address: {\"a\":1}"),
        ("\"", "'", ": {\"a\":1}"),
        ("{\"a\":1}", " ", ""),
        ("{\"a\":1}\n", "a ", ""),
        ("{\"a\":1}", "]", ""),
        ("", "{\"a\":1}", ""),
        ("", "[{\"a\":1}]", ""),
        ("{", "\"k\":{},", ""),
        ("[", "{\"a\":1},", ""),
    ];

    public static void Run()
    {
        foreach (var (head, unit, tail) in Texts)
        {
            Read(head, unit, tail, 1 << 16);
            var times = Enumerable.Range(20, 3).Select(power => Read(head, unit, tail, 1 << power)).ToArray();
            Console.WriteLine(
                $"{times[2].TotalMilliseconds, 8:0.0} ms for 4 MB, x{times[1] / times[0]:0.0} x{times[2] / times[1]:0.0}  {(head + unit + "…" + tail).ReplaceLineEndings("\\n")}"
            );
        }
    }

    private static TimeSpan Read(string head, string unit, string tail, int length)
    {
        var text = head + string.Concat(Enumerable.Repeat(unit, length / unit.Length)) + tail;
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        try
        {
            RecordReader.Read(text, CancellationToken.None);
        }
        catch (FormatException)
        {
            // Most of them are no record.
        }

        process.Refresh();
        return process.TotalProcessorTime - before;
    }
}
