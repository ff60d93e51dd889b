using System.Diagnostics;
using DataGen.Ratio1;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DataGen.Bench;

/// <summary>Whether the time a sign-in takes tells if a user exists: the medians of unknown and known names, tries in
/// random order.</summary>
internal static class LoginTiming
{
    public static async Task RunAsync(int tries)
    {
        var settings = new Dictionary<string, string?>
        {
            ["R1EN_CSTORE_AUTH_HKEY"] = "auth:bench",
            ["R1EN_CSTORE_AUTH_SECRET"] = "a pepper of the benchmark",
        };
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<ICStore, DictionaryStore>()
            .AddCStoreAuth(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
        var users = services.GetRequiredService<IUserStore>();
        await users.CreateUserAsync("known", "the right password", UserRole.User, null, CancellationToken.None);
        var cases = new (string Name, string Username, string Password)[]
        {
            ("unknown user", "nobody", "the right password"),
            ("known user, wrong password", "known", "another password"),
            ("known user, right password", "known", "the right password"),
        };
        await TryAsync(users, cases[0]);
        await TryAsync(users, cases[1]);

        var times = cases.ToDictionary(known => known.Name, _ => new List<double>());
        var order = Enumerable.Range(0, tries).SelectMany(_ => cases).ToArray();
        new Random(1).Shuffle(order);
        foreach (var next in order)
        {
            times[next.Name].Add(await TryAsync(users, next));
        }

        var unknown = Median(times[cases[0].Name]);
        foreach (var (name, taken) in times)
        {
            Console.WriteLine(
                $"{name, -28} median {Median(taken), 6:0.0} ms of {taken.Count}, {Median(taken) / unknown:0.000} of unknown"
            );
        }
    }

    private static async Task<double> TryAsync(IUserStore users, (string Name, string Username, string Password) next)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await users.AuthenticateAsync(next.Username, next.Password, CancellationToken.None);
        }
        catch (AuthException exception) when (exception.Code == AuthErrorCode.InvalidCredentials)
        {
            // As meant, for two of the three.
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
