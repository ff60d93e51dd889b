namespace DataGen.Mock.Faults;

/// <summary>What an inference server can do to its callers.</summary>
internal sealed class InferenceFaults(FaultSection section)
{
    /// <summary>The ways in which an answer can be spoilt.</summary>
    public static readonly string[] MalformedKinds =
    [
        "truncated",
        "prose",
        "fenced",
        "empty",
        "errorIn200",
        "wrongShape",
    ];

    public Fault<double> LatencyMs { get; } = section.Milliseconds("latencyMs", 400);

    /// <summary>The latency differs by up to this much either way.</summary>
    public Fault<double> JitterMs { get; } = section.Milliseconds("jitterMs", 250);

    public Fault<string> Down { get; } = section.Down();

    /// <summary>One completion at a time, as one model instance works.</summary>
    public Fault<bool> Serialised { get; } = section.Flag("serialised");

    public Fault<double> ErrorRate { get; } = section.Rate("errorRate");

    public Fault<string> ErrorStatus { get; } = section.Choice("errorStatus", "500", "502", "503", "504");

    /// <summary>The share of calls that get 429.</summary>
    public Fault<double> TooManyRate { get; } = section.Rate("tooManyRate");

    /// <summary>What Retry-After says with a 429; 0: the header is not sent.</summary>
    public Fault<double> RetryAfterSeconds { get; } = section.Count("retryAfterSeconds", 1);

    /// <summary>Calls beyond this many in the last minute get 429; 0: no limit.</summary>
    public Fault<double> RequestsPerMinute { get; } = section.Count("requestsPerMinute");

    /// <summary>A node's own limit per token (5 by default there): calls beyond it get 200 with <c>status:
    /// "rate_limited"</c>; 0: no limit.</summary>
    public Fault<double> NodeRequestsPerMinute { get; } = section.Count("nodeRequestsPerMinute");

    public Fault<double> QueueFullRate { get; } = section.Rate("queueFullRate");

    public Fault<double> MalformedRate { get; } = section.Rate("malformedRate");

    public Fault<string> MalformedKind { get; } = section.Choice("malformedKind", ["any", .. MalformedKinds]);

    /// <summary>The share of calls that are not answered for <see cref="HangSeconds"/>, and then with the node's
    /// time-out.</summary>
    public Fault<double> HangRate { get; } = section.Rate("hangRate");

    public Fault<double> HangSeconds { get; } = section.Count("hangSeconds", 600);

    /// <summary>A schema in <c>response_format</c> is taken and not followed, except in a correction.</summary>
    public Fault<bool> IgnoreSchema { get; } = section.Flag("ignoreSchema");

    public Fault<bool> RefuseJsonSchema { get; } = section.Flag("refuseJsonSchema");

    public Fault<bool> RefuseJsonObject { get; } = section.Flag("refuseJsonObject");

    /// <summary>The share of records whose first member has a value of the wrong type; a correction is right.</summary>
    public Fault<double> InvalidRate { get; } = section.Rate("invalidRate");

    /// <summary>The share of records that copy the first one of their prompt; a correction is made afresh.</summary>
    public Fault<double> DuplicateRate { get; } = section.Rate("duplicateRate");

    /// <summary>Every record of a prompt is its first one, in a correction too.</summary>
    public Fault<bool> SameRecord { get; } = section.Flag("sameRecord");

    /// <summary>The share of records that change a value the prompt gives; a correction is right.</summary>
    public Fault<double> WrongSampledRate { get; } = section.Rate("wrongSampledRate");

    /// <summary>Answers carry no <c>usage</c>.</summary>
    public Fault<bool> NoUsage { get; } = section.Flag("noUsage");

    /// <summary>
    /// <c>scalar</c>: TEXT_RESPONSE is a string and FULL_OUTPUT an object; <c>list</c>: each is a list of one;
    /// <c>text</c>: FULL_OUTPUT is plain text.
    /// </summary>
    public Fault<string> Form { get; } = section.Choice("form", "scalar", "list", "text");

    /// <summary>The node's RESPONSE_FORMAT is RAW: no <c>result</c> member, its members lie beside the
    /// metadata.</summary>
    public Fault<bool> Raw { get; } = section.Flag("raw");

    /// <summary>Answered by a peer: the result also carries <c>status: "completed"</c> and <c>request_id</c>.</summary>
    public Fault<bool> Delegated { get; } = section.Flag("delegated");

    /// <summary>The token callers must send: in the body's <c>authorization</c> on a node, in the header on
    /// <c>/v1</c>.</summary>
    public Fault<string> Token { get; } = section.Text("token", isSecret: true);

    /// <summary>The models <c>/v1</c> knows, separated by commas; empty: any.</summary>
    public Fault<string> Models { get; } = section.Text("models");
}
