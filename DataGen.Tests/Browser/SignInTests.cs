using System.Net;
using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>Sessions: their beginning, their end in the middle of work, and who sees what.</summary>
public sealed class SignInTests(RunningProduct product) : BrowserTest(product)
{
    [Fact]
    public async Task A_wrong_password_is_said_in_words_costs_nothing_typed_and_the_right_one_leads_where_one_wanted_to_go()
    {
        var (username, password) = await Product.NewUserAsync("forgetful");
        var page = await OpenAsync();
        await page.GotoAsync("/account");
        await page.GetByLabel("Username").FillAsync(username);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("not-the-password");
        await Button(page, "Sign in").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The username or the password is wrong.");
        await Expect(page.GetByLabel("Username")).ToHaveValueAsync(username);
        await Expect(page.GetByLabel("Password", new() { Exact = true })).ToHaveValueAsync("not-the-password");
        await Expect(page.GetByLabel("Password", new() { Exact = true })).ToBeFocusedAsync();

        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/account");
        await Expect(page.GetByText("this session").And(page.Locator(":visible"))).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_session_that_is_ended_elsewhere_is_begun_again_on_the_spot_and_keeps_what_was_typed()
    {
        var (page, api) = await SignInAsync("interrupted");
        await page.GetByLabel("Describe one record").FillAsync("A plant: name, latin name, <b>price</b>");
        await page.GetByLabel("How many records").FillAsync("3");
        const string New = "another-password";
        await api.PostAsync(
            "/api/auth/password",
            new { currentPassword = $"a-password-of-{api.Username}", newPassword = New },
            HttpStatusCode.NoContent,
            Cancelled
        );

        await Button(page, "Generate").ClickAsync();
        var dialog = page.Locator("#sign-in-dialog");
        await Expect(dialog).ToBeVisibleAsync();
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(New);
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToBeHiddenAsync();

        await Expect(page.GetByLabel("Describe one record"))
            .ToHaveValueAsync("A plant: name, latin name, <b>price</b>");
        await Expect(page.GetByLabel("How many records")).ToHaveValueAsync("3");
        await Button(page, "Generate").ClickAsync();
        await page.WaitForURLAsync("**/tasks/*");
        await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");
    }

    [Fact]
    public async Task Two_people_at_once_see_their_own_datasets_only()
    {
        var (ada, adasApi) = await SignInAsync("ada");
        var (eve, evesApi) = await SignInAsync("eve");
        var adas = await adasApi.CreateAsync("A lighthouse: name, height", 3, Cancelled);
        var eves = await evesApi.CreateAsync("A harbour: name, depth", 3, Cancelled);
        await adasApi.EndAsync(adas, Cancelled);
        await evesApi.EndAsync(eves, Cancelled);

        foreach (var (page, own, foreign) in new[] { (ada, adas, eves), (eve, eves, adas) })
        {
            await page.GotoAsync("/");
            await Expect(page.Locator("#task-list > li")).ToHaveCountAsync(1);
            await Expect(page.Locator($"#task-list > li[data-id='{own}']")).ToBeVisibleAsync();
            await page.GotoAsync("/?q=name");
            await Expect(page.Locator("#list-total")).ToHaveTextAsync("1 found");
            Assert.Equal(404, (await page.GotoAsync($"/tasks/{foreign}"))!.Status);
            Assert.Equal(403, (await page.GotoAsync("/users"))!.Status);
            foreach (var path in new[] { "", "/records", "/events", "/export?format=json" })
            {
                Assert.Equal(404, (await page.APIRequest.GetAsync($"/api/tasks/{foreign}{path}")).Status);
            }

            Assert.Equal(200, (await page.GotoAsync($"/tasks/{own}"))!.Status);
            await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");
        }
    }
}
