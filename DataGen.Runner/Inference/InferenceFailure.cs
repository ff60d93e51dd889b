namespace DataGen.Runner.Inference;

/// <summary>The ways in which an attempt fails, as far as what follows differs.</summary>
internal enum InferenceFailure
{
    /// <summary>No connection could be made. Says nothing about the record.</summary>
    Unreachable,

    /// <summary>No answer within the deadline, ours or the server's own (408, 504).</summary>
    TimedOut,

    /// <summary>Too many calls (429): wait and try again.</summary>
    RateLimited,

    /// <summary>The server is there but cannot work (502, 503, a full queue).</summary>
    Unavailable,

    /// <summary>The connection ended in mid-call.</summary>
    Broken,

    /// <summary>The server says that it failed.</summary>
    ServerError,

    /// <summary>An answer that holds no whole record: broken off, unparsable or of no known shape.</summary>
    Unusable,

    /// <summary>A whole record that the definition does not allow: a rejection, and no fault of the server.</summary>
    Invalid,

    /// <summary>An answer that was cut off at the bound of its tokens.</summary>
    Truncated,

    /// <summary>The model, or a filter for content, will not make this record; asking again changes nothing.</summary>
    Refused,

    /// <summary>The server will not take this request (400, 422 and other 4xx).</summary>
    Rejected,

    /// <summary>The server does not serve this path, model or caller (403, 404). After good answers something between
    /// may be out of order.</summary>
    NotServed,

    /// <summary>The server will not take any request of ours: a wrong key (401), no credit (402).</summary>
    Denied,
}
