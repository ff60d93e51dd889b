using DataGen.Definition;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Generation;

/// <summary>Receives the events of a run.</summary>
internal interface IRunEvents
{
    /// <summary>Whether so many events wait to be read that no new call may begin.</summary>
    bool IsFull { get; }

    /// <summary>An attempt begins.</summary>
    /// <param name="index">The record's index.</param>
    /// <param name="attempt">Which attempt, from 1.</param>
    /// <param name="messages">The messages that are sent, for a client that asks for them; else empty.</param>
    void Started(int index, int attempt, IReadOnlyList<ChatMessage> messages);

    /// <summary>An attempt failed as <paramref name="outcome"/> says, and will be made again.</summary>
    void Retrying(int index, int attempt, in AttemptOutcome outcome);

    /// <summary>A call has ended that counts for a bound of calls, and cost this many tokens.</summary>
    void Called(long inputTokens, long outputTokens);

    /// <summary>An answer's record was rejected.</summary>
    void Rejected(Flaw flaw);

    /// <summary>A record ended: it is good, or it failed as <paramref name="outcome"/> says and is not tried
    /// again.</summary>
    void Ended(RecordAttempts record, in AttemptOutcome outcome);

    /// <summary>A good record was made by a request with this response format (<c>json_object</c>,
    /// <c>none</c>).</summary>
    void AskedFor(string responseFormat);

    /// <summary>No call can be made at present; with an empty reason, calls go on again.</summary>
    void Waiting(string reason);
}
