using System.Text.RegularExpressions;
using DataGen.Ratio1.CStore;
using DataGen.Ratio1.R1fs;

namespace DataGen.Tests.Ratio1.Support;

/// <summary>What became of a call, on one line for a table.</summary>
internal static partial class Outcome
{
    /// <summary><c>ok</c>, what was read, or <c>transient: answered 503.</c>, <c>lasting: …</c>, <c>not found: …</c>
    /// with the words after the node's name.</summary>
    public static async Task<string> OfAsync(Func<Task<string?>> call)
    {
        try
        {
            return await call() ?? "none";
        }
        catch (CStoreException failure)
        {
            return Line(failure.IsTransient, isNotFound: false, failure.Message);
        }
        catch (R1fsException failure)
        {
            return Line(failure.IsTransient, failure.IsNotFound, failure.Message);
        }
    }

    /// <summary>The same for a call that gives nothing back.</summary>
    public static Task<string> OfAsync(Func<Task> call) =>
        OfAsync(async () =>
        {
            await call();
            return (string?)"ok";
        });

    // CStore hget: the node at 127.0.0.1:5100 answered 503.
    private static string Line(bool isTransient, bool isNotFound, string message) =>
        $"{(isNotFound ? "not found" : isTransient ? "transient" : "lasting")}: {NodeName().Replace(message, "")}";

    [GeneratedRegex("^.* the node at 127\\.0\\.0\\.1:[0-9]+ ")]
    private static partial Regex NodeName();
}
