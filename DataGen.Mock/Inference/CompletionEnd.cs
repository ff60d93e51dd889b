namespace DataGen.Mock.Inference;

/// <summary>How the engine ended a completion.</summary>
internal enum CompletionEnd
{
    /// <summary>There is an answer.</summary>
    Answered,

    /// <summary>The server fails with a status.</summary>
    Failed,

    /// <summary>HTTP 200 with an error in the body.</summary>
    ErrorIn200,

    /// <summary>The server's queue is full.</summary>
    QueueFull,

    /// <summary>The model did not answer in time.</summary>
    TimedOut,
}
