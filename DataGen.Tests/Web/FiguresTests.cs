using DataGen.Web.Display;

namespace DataGen.Tests.Web;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0000001, "0")]
    [InlineData(0.00001234, "0.000012")]
    [InlineData(0.456, "0.46")]
    [InlineData(1234.5, "1,234.50")]
    public void A_cost_has_two_digits_that_count(double value, string expected) =>
        Assert.Equal(expected, Figures.Cost(value));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1000, "1.0k")]
    [InlineData(12_399, "12.3k")]
    [InlineData(99_999, "99.9k")]
    [InlineData(100_999, "100k")]
    [InlineData(999_999, "999k")]
    [InlineData(1_999_999, "1.9M")]
    [InlineData(12_345_678_901, "12.3G")]
    public void A_short_number_is_cut_and_never_says_more_than_there_is(long value, string expected) =>
        Assert.Equal(expected, Figures.Short(value));

    [Theory]
    [InlineData(9_999_999, "9,999,999")]
    [InlineData(10_000_000, "10.0M")]
    public void A_tile_is_exact_as_long_as_there_is_room(long value, string expected) =>
        Assert.Equal(expected, Figures.Tile(value));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(45_678, "45.6 kB")]
    [InlineData(2_000_000_000, "2.0 GB")]
    public void A_size_is_in_decimal_units(long bytes, string expected) => Assert.Equal(expected, Figures.Size(bytes));

    [Theory]
    [InlineData(0, "1 s")]
    [InlineData(0.2, "1 s")]
    [InlineData(58.1, "59 s")]
    [InlineData(359, "5 min 59 s")]
    [InlineData(3074, "51 min")]
    [InlineData(7260, "2 h 1 min")]
    [InlineData(double.PositiveInfinity, "5337599 d 13 h")]
    public void The_time_left_is_no_more_exact_than_a_guess_can_be(double seconds, string expected) =>
        Assert.Equal(expected, Figures.TimeLeft(seconds));
}
