using DataGen.Explorer.Queries;

namespace DataGen.Tests.Explorer;

public sealed class VarietyTests
{
    [Fact]
    public void Texts_are_judged_by_their_words_and_runs()
    {
        var variety = VarietyQuery.Of(["The cat sat on the mat", "the CAT sat  on\na log", "one two three"]);

        // Words: the cat sat on the mat, the cat sat on a log, one two three.
        Assert.Equal(3, variety.Sampled);
        Assert.Equal(10.0 / 15, variety.Distinct1, 1e-12);
        Assert.Equal(9.0 / 12, variety.Distinct2, 1e-12);

        // Three runs of four in each of the first two, of which "the cat sat on" is in both.
        Assert.Equal(2.0 / 6, variety.Repeated4, 1e-12);
    }

    [Fact]
    public void Texts_that_are_alike_compress_better()
    {
        var alike = VarietyQuery.Of([
            .. Enumerable.Repeat("The parcel has not arrived yet, please look into it.", 200),
        ]);
        var varied = VarietyQuery.Of([
            .. Enumerable
                .Range(0, 200)
                .Select(index => $"{new Random(index).NextInt64()} {new Random(~index).NextInt64()}"),
        ]);

        Assert.InRange(alike.CompressionRatio, 20, double.MaxValue);
        Assert.InRange(varied.CompressionRatio, 1, 5);
        Assert.Equal((0, 1), (varied.Repeated4, alike.Repeated4));
    }

    [Fact]
    public void Nothing_is_judged_as_nothing() =>
        Assert.Equal(
            (0, 0, 0, 0),
            (
                VarietyQuery.Of([]).Sampled,
                VarietyQuery.Of([]).Distinct1,
                VarietyQuery.Of([]).Distinct2,
                VarietyQuery.Of([""]).Repeated4
            )
        );
}
