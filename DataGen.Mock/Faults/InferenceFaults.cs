namespace DataGen.Mock.Faults;

/// <summary>What an inference server can do to its callers.</summary>
internal sealed class InferenceFaults : FaultSection
{
    public InferenceFaults(TimeProvider clock)
        : base("inference", clock)
    {
        LatencyMs = Milliseconds("latencyMs", 400);
        JitterMs = Milliseconds("jitterMs", 250);
        Down = DownChoice();
        Serialised = Flag("serialised");
        ErrorRate = Rate("errorRate");
        ErrorStatus = Choice("errorStatus", "500", "502", "503", "504");
        TooManyRate = Rate("tooManyRate");
        RetryAfterSeconds = Count("retryAfterSeconds", 1);
        RequestsPerMinute = Count("requestsPerMinute");
        NodeRequestsPerMinute = Count("nodeRequestsPerMinute");
        QueueFullRate = Rate("queueFullRate");
        MalformedRate = Rate("malformedRate");
        MalformedKind = Choice(
            "malformedKind",
            "any",
            "truncated",
            "prose",
            "fenced",
            "empty",
            "errorIn200",
            "wrongShape"
        );
        HangRate = Rate("hangRate");
        HangSeconds = Count("hangSeconds", 600);
        IgnoreSchema = Flag("ignoreSchema");
        RefuseJsonSchema = Flag("refuseJsonSchema");
        RefuseJsonObject = Flag("refuseJsonObject");
        InvalidRate = Rate("invalidRate");
        DuplicateRate = Rate("duplicateRate");
        SameRecord = Flag("sameRecord");
        WrongSampledRate = Rate("wrongSampledRate");
        NoUsage = Flag("noUsage");
        Form = Choice("form", "scalar", "list", "text");
        Raw = Flag("raw");
        Delegated = Flag("delegated");
        Token = Text("token", secret: true);
        Models = Text("models");
    }

    public Fault<double> LatencyMs { get; }

    /// <summary>The latency differs by up to this much either way.</summary>
    public Fault<double> JitterMs { get; }

    public Fault<string> Down { get; }

    /// <summary>One completion at a time, as one model instance works.</summary>
    public Fault<bool> Serialised { get; }

    public Fault<double> ErrorRate { get; }

    public Fault<string> ErrorStatus { get; }

    /// <summary>The share of calls that get 429.</summary>
    public Fault<double> TooManyRate { get; }

    /// <summary>What Retry-After says with a 429; 0: the header is not sent.</summary>
    public Fault<double> RetryAfterSeconds { get; }

    /// <summary>Calls beyond this many in the last minute get 429; 0: no limit.</summary>
    public Fault<double> RequestsPerMinute { get; }

    /// <summary>A node's own limit per token (5 by default there): calls beyond it get 200 with <c>status:
    /// "rate_limited"</c>; 0: no limit.</summary>
    public Fault<double> NodeRequestsPerMinute { get; }

    public Fault<double> QueueFullRate { get; }

    public Fault<double> MalformedRate { get; }

    public Fault<string> MalformedKind { get; }

    /// <summary>The share of calls that are not answered for <see cref="HangSeconds"/>, and then with the node's
    /// time-out.</summary>
    public Fault<double> HangRate { get; }

    public Fault<double> HangSeconds { get; }

    /// <summary>A schema in <c>response_format</c> is taken and not followed, except in a correction.</summary>
    public Fault<bool> IgnoreSchema { get; }

    public Fault<bool> RefuseJsonSchema { get; }

    public Fault<bool> RefuseJsonObject { get; }

    /// <summary>The share of records whose first member has a value of the wrong type; a correction is right.</summary>
    public Fault<double> InvalidRate { get; }

    /// <summary>The share of records that copy the first one of their prompt; a correction is made afresh.</summary>
    public Fault<double> DuplicateRate { get; }

    /// <summary>Every record of a prompt is its first one, in a correction too.</summary>
    public Fault<bool> SameRecord { get; }

    /// <summary>The share of records that change a value the prompt gives; a correction is right.</summary>
    public Fault<double> WrongSampledRate { get; }

    /// <summary>Answers carry no <c>usage</c>.</summary>
    public Fault<bool> NoUsage { get; }

    /// <summary>
    /// <c>scalar</c>: TEXT_RESPONSE is a string and FULL_OUTPUT an object; <c>list</c>: each is a list of one;
    /// <c>text</c>: FULL_OUTPUT is plain text.
    /// </summary>
    public Fault<string> Form { get; }

    /// <summary>The node's RESPONSE_FORMAT is RAW: no <c>result</c> member, its members lie beside the
    /// metadata.</summary>
    public Fault<bool> Raw { get; }

    /// <summary>Answered by a peer: the result also carries <c>status: "completed"</c> and <c>request_id</c>.</summary>
    public Fault<bool> Delegated { get; }

    /// <summary>The token callers must send: in the body's <c>authorization</c> on a node, in the header on
    /// <c>/v1</c>.</summary>
    public Fault<string> Token { get; }

    /// <summary>The models <c>/v1</c> knows, separated by commas; empty: any.</summary>
    public Fault<string> Models { get; }
}
