namespace DataGen.Mock.Statistics;

/// <summary>How a completion ended. Every one requested ends in exactly one of these.</summary>
internal enum CompletionOutcome
{
    /// <summary>The caller went away before there was an answer, or the connection was cut.</summary>
    Aborted,

    /// <summary>A whole record was sent.</summary>
    Succeeded,

    /// <summary>A whole record was sent with prose or a code fence around it.</summary>
    Wrapped,

    /// <summary>An error was sent, with whatever status.</summary>
    Failed,

    /// <summary>An answer was sent that a fault had spoilt.</summary>
    Malformed,

    /// <summary>A record was sent that max_tokens had cut short.</summary>
    Truncated,
}
