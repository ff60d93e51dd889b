using DataGen.Ratio1;
using DataGen.Ratio1.Auth;
using DataGen.Tests.Ratio1.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DataGen.Tests.Ratio1.Auth;

/// <summary>How the original resolves its environment, and that the settings here resolve alike.</summary>
public sealed class EnvResolutionTests
{
    private const string HashKey = "R1EN_CSTORE_AUTH_HKEY";
    private const string Secret = "R1EN_CSTORE_AUTH_SECRET";
    private const string Bootstrap = "R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD";

    public static TheoryData<string, string?, string[]> Recorded =>
        new()
        {
            { "none", null, [] },
            { "hkeyOnly", null, [$"{HashKey}=h"] },
            { "new", null, [$"{HashKey}=h", $"{Secret}=s"] },
            { "legacy", null, ["EE_CSTORE_AUTH_HKEY=lh", "EE_CSTORE_AUTH_SECRET=ls"] },
            { "newWins", null, [$"{HashKey}=h", "EE_CSTORE_AUTH_HKEY=lh", "EE_CSTORE_AUTH_SECRET=ls"] },
            { "emptyNewBlocksLegacy", null, [$"{HashKey}=", "EE_CSTORE_AUTH_HKEY=lh", "EE_CSTORE_AUTH_SECRET=ls"] },
            { "override", "o", [$"{HashKey}=h", $"{Secret}=s"] },
        };

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Names_resolve_as_in_the_original(string vector, string? hashKey, string[] settings)
    {
        var expected = Vectors.Load("env-resolution").GetProperty(vector);
        if (expected.OptionalText("message") is { } message)
        {
            var failure = Assert.Throws<OptionsValidationException>(() =>
                new ServiceCollection().AddCStoreAuth(Configuration(settings))
            );
            Assert.Equal([message], failure.Failures);
        }
        else
        {
            var options = CStoreAuthOptions.FromConfiguration(Configuration(settings), hashKey);
            Assert.Equal((expected.Text("hkey"), expected.Text("secret")), (options.HashKey, options.Secret));
        }
    }

    [Theory]
    [InlineData("new", $"{Bootstrap}= p ", "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PW=l")]
    [InlineData("legacy", "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PW=l")]
    [InlineData("blank", $"{Bootstrap}=  ", "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PW=l")]
    [InlineData("docsName", "EE_CSTORE_BOOTSTRAP_ADMIN_PASS=l")]
    public void The_bootstrap_password_resolves_as_in_the_original(string vector, params string[] settings) =>
        Assert.Equal(
            Vectors.Load("env-resolution").GetProperty("bootstrap").OptionalText(vector),
            CStoreAuthOptions
                .FromConfiguration(Configuration([$"{HashKey}=h", $"{Secret}=s", .. settings]))
                .BootstrapPassword
        );

    [Fact]
    public void The_original_DataGens_spelling_of_the_bootstrap_password_is_read_last() =>
        Assert.Equal(
            ("d", "l"),
            (
                CStoreAuthOptions
                    .FromConfiguration(
                        Configuration([$"{HashKey}=h", $"{Secret}=s", "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD=d"])
                    )
                    .BootstrapPassword,
                CStoreAuthOptions
                    .FromConfiguration(
                        Configuration([
                            $"{HashKey}=h",
                            $"{Secret}=s",
                            "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PW=l",
                            "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD=d",
                        ])
                    )
                    .BootstrapPassword
            )
        );

    [Theory]
    [InlineData("", PasswordHashFunction.Argon2id)]
    [InlineData("argon2id", PasswordHashFunction.Argon2id)]
    [InlineData(" Scrypt ", PasswordHashFunction.Scrypt)]
    public void The_hash_function_is_argon2id_unless_set(string setting, PasswordHashFunction expected) =>
        Assert.Equal(
            expected,
            CStoreAuthOptions
                .FromConfiguration(Configuration([$"{HashKey}=h", $"{Secret}=s", $"DATAGEN_PASSWORD_HASH={setting}"]))
                .HashFunction
        );

    [Fact]
    public void An_unknown_hash_function_is_refused() =>
        Assert.Equal(
            ["DATAGEN_PASSWORD_HASH: must be 'argon2id' (the default) or 'scrypt'."],
            Assert
                .Throws<OptionsValidationException>(() =>
                    CStoreAuthOptions.FromConfiguration(
                        Configuration([$"{HashKey}=h", $"{Secret}=s", "DATAGEN_PASSWORD_HASH=bcrypt"])
                    )
                )
                .Failures
        );

    private static IConfiguration Configuration(string[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings
                    .Select(setting => setting.Split('=', 2))
                    .Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1]))
            )
            .Build();
}
