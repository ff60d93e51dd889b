namespace DataGen.Runner.Inference;

/// <summary>The kinds of failure of an attempt, told apart where they are handled differently.</summary>
internal enum InferenceFailure
{
    /// <summary>No connection could be made. This says nothing about the record.</summary>
    Unreachable,

    /// <summary>No answer within the deadline, ours or the server's own (408, 504).</summary>
    TimedOut,

    /// <summary>Too many calls (429): the record waits and is tried again.</summary>
    RateLimited,

    /// <summary>The server is there but cannot work (502, 503, a full queue).</summary>
    Unavailable,

    /// <summary>The connection ended in mid-call.</summary>
    Broken,

    /// <summary>The server says that it failed.</summary>
    ServerError,

    /// <summary>An answer without a whole record: cut off, unparsable or of an unknown shape.</summary>
    Unusable,

    /// <summary>A whole record that the definition does not allow: a rejection, which is not the server's
    /// fault.</summary>
    Invalid,

    /// <summary>An answer that was cut off at the bound of its tokens.</summary>
    Truncated,

    /// <summary>The model, or a content filter, refuses this record; another attempt changes nothing.</summary>
    Refused,

    /// <summary>The server will not take this request (400, 422 and other 4xx).</summary>
    Rejected,

    /// <summary>The server does not serve this path, model or caller (403, 404). After good answers a gateway in
    /// between may be out of order.</summary>
    NotServed,

    /// <summary>The server will not take any request of ours: a wrong key (401), no credit (402).</summary>
    Denied,
}
