using System.Text;
using System.Text.Json;
using DataGen.Contracts;
using DataGen.Gateway.Api.Tasks;

namespace DataGen.Gateway.Api.Explore;

/// <summary>Converts Explorer's answers to the responses of the API.</summary>
internal static class ExploreMapping
{
    public static RowsResponse ToResponse(this RowsReply reply) =>
        new(
            [.. reply.Columns.Select(ToResponse)],
            [
                .. reply.Rows.Select(row => new RowResponse(
                    row.Index,
                    new RawJson(row.Data.Memory),
                    row.Curation?.IsEdited,
                    row.Curation?.IsLiked
                )),
            ],
            reply.Total,
            reply.Dataset.Records,
            TaskStatusNames.NameOf(reply.Dataset.Status),
            reply.Dataset.AsOf.ToDateTimeOffset(),
            reply.Dataset.Partial ? true : null
        );

    public static ProfileResponse ToResponse(this ProfileReply reply) =>
        new(
            [.. reply.Columns.Select(ToResponse)],
            reply.Total,
            reply.Dataset.Records,
            reply.Duplicates,
            [
                .. reply.Samplers.Select(sampler => new SamplerProfileResponse(
                    sampler.Name,
                    [.. sampler.Values.Select(value => new SampledValueResponse(value.Value, value.Asked, value.Got))]
                )),
            ],
            reply.Rejected.ToResponse(),
            reply.Novelty.Count == 0
                ? null
                : [.. reply.Novelty.Select(each => new NoveltyResponse(each.From, each.Records, each.Fresh))],
            reply.Crosses.Count == 0
                ? null
                :
                [
                    .. reply.Crosses.Select(cross => new CrossResponse(
                        cross.Down,
                        cross.Across,
                        [.. cross.DownValues],
                        [.. cross.AcrossValues],
                        [.. cross.Counts],
                        cross.Association
                    )),
                ],
            TaskStatusNames.NameOf(reply.Dataset.Status),
            reply.Dataset.AsOf.ToDateTimeOffset(),
            reply.Dataset.Partial ? true : null
        );

    public static QueryResponse ToResponse(this QueryReply reply) =>
        new(
            [.. reply.Columns.Select(ToResponse)],
            [.. reply.Rows.Select(row => new RawJson(row.Memory))],
            reply.Truncated,
            reply.Milliseconds,
            reply.Dataset.AsOf.ToDateTimeOffset()
        );

    private static ColumnResponse ToResponse(DataColumn column) =>
        new(column.Name, column.Type, column.SqlName == column.Name ? null : column.SqlName);

    private static ColumnProfileResponse ToResponse(ColumnProfile profile) =>
        new(
            profile.Column.Name,
            profile.Column.Type,
            profile.Filled,
            profile.Nulls,
            profile.Distinct,
            [.. profile.Top.Select(value => new ValueCountResponse(value.Value, value.Count))],
            Bound(profile, profile.Min),
            Bound(profile, profile.Max),
            profile.HasMean ? profile.Mean : null,
            profile.HasDeviation ? profile.Deviation : null,
            profile.Quantiles.Count > 0 ? [.. profile.Quantiles] : null,
            profile.Lengths is { } lengths ? new LengthsResponse(lengths.Min, lengths.Mean, lengths.Max) : null,
            profile.Histogram.Count > 0
                ? [.. profile.Histogram.Select(bin => new BinResponse(bin.From, bin.To, bin.Count))]
                : null,
            profile.Variety is { } variety
                ? new VarietyResponse(
                    variety.Sampled,
                    variety.CompressionRatio,
                    variety.Distinct1,
                    variety.Distinct2,
                    variety.Repeated4
                )
                : null
        );

    private static RawJson? Bound(ColumnProfile profile, string text) =>
        profile.HasMean ? new RawJson(Encoding.UTF8.GetBytes(text))
        : profile.Lengths is null ? null
        : new RawJson(JsonSerializer.SerializeToUtf8Bytes(text));
}
