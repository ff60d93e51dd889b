using DataGen.Web.Display;

namespace DataGen.Tests.Web;

public sealed class TaskPageTextTests
{
    [Theory]
    [InlineData("plain, Grüße, 日本語, \U0001F600", "plain, Grüße, 日本語, \U0001F600")]
    [InlineData("a\u202Egnp.exe", "a\\u202egnp.exe")]
    [InlineData("bell\u0007 next\u0085line", "bell\\u0007 next\\u0085line")]
    [InlineData("two\nlines", "two\\u000alines")]
    [InlineData("\u2067right\u2069", "\\u2067right\\u2069")]
    public void Characters_that_hide_or_turn_others_are_shown_by_their_number(string text, string shown) =>
        Assert.Equal(shown, PlainText.Of(text));

    [Fact]
    public void In_a_block_of_its_own_a_text_keeps_its_lines() =>
        Assert.Equal("a\n\tb\\u0000", PlainText.Of("a\n\tb\0", keepsLines: true));

    [Theory]
    [InlineData("four", 4, "four")]
    [InlineData("fifth", 4, "fift…")]
    [InlineData("abc\U0001F600", 4, "abc…")]
    public void A_long_text_is_cut_but_never_through_a_character(string text, int longest, string shown) =>
        Assert.Equal(shown, PlainText.Short(text, longest));
}
