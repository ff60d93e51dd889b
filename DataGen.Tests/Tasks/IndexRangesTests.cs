using DataGen.Tasks.Model;

namespace DataGen.Tests.Tasks;

public sealed class IndexRangesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("0-17,19,23-40")]
    [InlineData("5")]
    public void The_stored_form_reads_back_as_it_was_written(string text) =>
        Assert.Equal(text, IndexRanges.Parse(text).ToString());

    [Theory]
    [InlineData("3-1")]
    [InlineData("4,4")]
    [InlineData("a")]
    [InlineData("5,1")]
    public void A_stored_form_that_is_not_one_is_refused(string text) =>
        Assert.Throws<FormatException>(() => IndexRanges.Parse(text));

    [Fact]
    public void It_behaves_like_a_set_under_random_use()
    {
        var random = new Random(7);
        var ranges = new IndexRanges();
        var set = new SortedSet<int>();
        for (var step = 0; step < 5000; step++)
        {
            var index = random.Next(300);
            if (random.Next(3) > 0)
            {
                Assert.Equal(set.Add(index), ranges.Add(index));
            }
            else
            {
                Assert.Equal(set.Remove(index), ranges.Remove(index));
            }

            Assert.Equal(set.Count, ranges.Count);
        }

        Assert.Equal(set, ranges.Snapshot().SelectMany(range => Enumerable.Range(range.First, range.Count)));
        Assert.All(
            ranges.Snapshot().Zip(ranges.Snapshot().Skip(1)),
            pair => Assert.True(pair.First.Last + 1 < pair.Second.First)
        );
        Assert.Equal(
            Enumerable.Range(0, 300).Except(set),
            IndexRanges
                .MissingFrom(new IndexRange(0, 300 - 1), ranges)
                .SelectMany(range => Enumerable.Range(range.First, range.Count))
        );
        Assert.Equal(ranges.ToString(), IndexRanges.Parse(ranges.ToString()).ToString());
    }

    [Fact]
    public void What_is_missing_is_what_no_set_holds() =>
        Assert.Equal(
            [new IndexRange(1, 1), new IndexRange(5, 6), new IndexRange(9, 9)],
            IndexRanges.MissingFrom(
                new IndexRange(0, 10 - 1),
                IndexRanges.Parse("0,7-8"),
                IndexRanges.Parse("2-4"),
                new IndexRanges()
            )
        );
}
