using System.Net;
using System.Text.RegularExpressions;

namespace DataGen.Tests.Web;

/// <summary>The pages of users and of one's own account.</summary>
public sealed partial class PeoplePagesTests : IAsyncLifetime
{
    private const string HostileName = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";
    private readonly WebUnderTest web = new();

    public ValueTask InitializeAsync() => web.InitializeAsync();

    public ValueTask DisposeAsync() => web.DisposeAsync();

    [Fact]
    public async Task Users_are_for_administrators()
    {
        web.SignIn("ada", "admin");
        var (status, html) = await web.GetAsync("/users");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("<h1 id=\"users-heading\" tabindex=\"-1\">Users</h1>", html, StringComparison.Ordinal);
        Assert.Contains("data-user=\"ada\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("service")]
    [InlineData("Admin")]
    public async Task To_others_the_users_are_not_allowed(string role)
    {
        web.SignIn("grace", role);
        var (status, html) = await web.GetAsync("/users");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Your account may not open this page.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"users\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("users.js", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/users")]
    [InlineData("/account")]
    public async Task Nobody_sees_them_without_a_session(string path)
    {
        var (status, html) = await web.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.DoesNotContain("password-form", html, StringComparison.Ordinal);
        Assert.DoesNotContain("user-form", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin", true)]
    [InlineData("user", false)]
    public async Task Only_administrators_get_the_link_to_the_users(string role, bool isLinked)
    {
        web.SignIn("ada", role);
        var (_, html) = await web.GetAsync("/");

        Assert.Equal(isLinked, html.Contains("href=\"/users\"", StringComparison.Ordinal));
        Assert.Contains("href=\"/account\" title=\"Account of ada\">ada</a>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/users")]
    public async Task The_header_says_where_one_is(string path)
    {
        web.SignIn("ada", "admin");
        var (_, html) = await web.GetAsync(path);

        Assert.Equal(path, CurrentLinks().Matches(html).Select(match => match.Groups[1].Value).Single());
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/users")]
    public async Task A_hostile_name_is_shown_as_text(string path)
    {
        web.SignIn(HostileName, "admin");
        var (status, html) = await web.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(
            "data-user=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;\"",
            html,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/users")]
    public async Task They_say_that_they_need_script(string path)
    {
        web.SignIn("ada", "admin");
        var (_, html) = await web.GetAsync(path);

        Assert.Matches("<noscript>\\s*<div[^>]*>\\s*<p><strong>This page needs JavaScript.</strong>", html);
    }

    /// <summary>A browser leaves fields without a name out of what it sends, and disabled ones too.</summary>
    [Theory]
    [InlineData("/account")]
    [InlineData("/users")]
    public async Task No_password_can_reach_this_service_by_a_form_that_the_browser_sends_itself(string path)
    {
        web.SignIn("ada", "admin");
        var (_, html) = await web.GetAsync(path);

        Assert.NotEmpty(Fields().Matches(html));
        Assert.All(Fields().Matches(html), field => Assert.DoesNotMatch("\\sname\\s*=", field.Value));
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/users")]
    public async Task Every_field_has_a_label_and_every_description_is_there(string path)
    {
        web.SignIn("ada", "admin");
        var (_, html) = await web.GetAsync(path);

        Assert.All(
            Fields().Matches(html).Where(field => !field.Value.Contains(" hidden", StringComparison.Ordinal)),
            field =>
            {
                var id = Id().Match(field.Value).Groups[1].Value;
                Assert.Contains($"for=\"{id}\"", html, StringComparison.Ordinal);
            }
        );
        Assert.All(
            References().Matches(html).SelectMany(match => match.Groups[1].Value.Split(' ')),
            id => Assert.Contains($" id=\"{id}\"", html, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Neither_page_asks_the_tasks_for_anything()
    {
        web.SignIn("ada", "admin");
        web.Tasks.IsAway = true;

        Assert.Equal(HttpStatusCode.OK, (await web.GetAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await web.GetAsync("/users")).Status);
        Assert.Empty(web.Tasks.Callers);
    }

    [GeneratedRegex("href=\"([^\"]+)\"[^>]*aria-current=\"page\"")]
    private static partial Regex CurrentLinks();

    [GeneratedRegex("<(?:input|select|textarea)[^>]*>")]
    private static partial Regex Fields();

    [GeneratedRegex("\\sid=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("\\saria-(?:describedby|labelledby|controls)=\"([^\"]+)\"")]
    private static partial Regex References();
}
