using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace DataGen.AppHost;

/// <summary>The dashboard's command that makes a sample dataset.</summary>
internal static class SeedCommand
{
    public static IResourceBuilder<ProjectResource> WithSeedCommand(this IResourceBuilder<ProjectResource> gateway) =>
        gateway.WithHttpCommand(
            "/api/tasks",
            "Seed a sample dataset",
            endpointName: "http",
            commandName: "seed",
            new HttpCommandOptions
            {
                Description = "Creates a task of 100 records as the user admin.",
                IconName = "DatabaseArrowUp",
                IsHighlighted = true,
                PrepareRequest = async context =>
                {
                    var password = gateway.ApplicationBuilder.Parameter(Settings.AdminPassword);
                    context.Request.Headers.Authorization = await SignInAsync(context, password!.Resource);
                    context.Request.Content = JsonContent.Create(
                        new
                        {
                            prompt = "A customer of an online book shop: full name, e-mail at example.com, age 18-90, favourite genre",
                            count = 100,
                        }
                    );
                },
            }
        );

    private static async Task<AuthenticationHeaderValue> SignInAsync(
        HttpCommandRequestContext context,
        ParameterResource password
    )
    {
        using var response = await context.HttpClient.PostAsJsonAsync(
            new Uri(context.Request.RequestUri!, "/api/auth/token"),
            new { username = "admin", password = await password.GetValueAsync(context.CancellationToken) },
            context.CancellationToken
        );
        response.EnsureSuccessStatusCode();
        var token = await response.Content.ReadFromJsonAsync<JsonElement>(context.CancellationToken);
        return new AuthenticationHeaderValue("Bearer", token.GetProperty("accessToken").GetString());
    }
}
