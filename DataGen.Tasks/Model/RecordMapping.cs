using DataGen.Contracts;
using Google.Protobuf;

namespace DataGen.Tasks.Model;

/// <summary>Converts records to and from the messages of the protos.</summary>
internal static class RecordMapping
{
    public static GeneratedRecord ToProto(this StoredRecord record)
    {
        var result = new GeneratedRecord
        {
            Index = record.Index,
            Attempts = record.Attempts,
            Tokens = record.Tokens.ToProto(),
            DurationMs = record.DurationMs,
            Rejected = record.Rejected,
        };
        if (record.Data is { } data)
        {
            result.Data = UnsafeByteOperations.UnsafeWrap(data);
        }
        else
        {
            result.Error = record.Error ?? "";
            result.Answer = record.Answer ?? "";
        }

        return result;
    }

    public static TokenUsage ToProto(this TokenCount tokens) => new() { Input = tokens.Input, Output = tokens.Output };

    public static Contracts.IndexRange ToProto(this IndexRange range) =>
        new() { First = range.First, Last = range.Last };

    /// <summary>The rejections that a Runner counted.</summary>
    public static Rejections ToModel(this Contracts.Rejections? rejected) =>
        rejected is null ? default : new Rejections(rejected.Invalid, rejected.Duplicate, rejected.Rule, rejected.Near);
}
