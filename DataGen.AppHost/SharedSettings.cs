namespace DataGen.AppHost.AppModel;

/// <summary>
/// The secrets and settings that several services share. A parameter is named like its environment variable: the
/// Kubernetes chart looks its secrets up by that.
/// When the app is run, secrets that nobody set are made once and kept in the user's own secret store.
/// </summary>
internal sealed class SharedSettings
{
    private readonly IResourceBuilder<ParameterResource> sessionSecret;
    private readonly IResourceBuilder<ParameterResource> authHash;
    private readonly IResourceBuilder<ParameterResource> authSecret;
    private readonly IResourceBuilder<ParameterResource> adminPassword;

    private SharedSettings(IDistributedApplicationBuilder builder)
    {
        sessionSecret = Secret(
            builder,
            "datagen-session-secret",
            48,
            "Signs sessions and the identity between services; 32 bytes at least."
        );
        authHash = builder
            .AddParameter("r1en-cstore-auth-hkey", "auth:default", publishValueAsDefault: true)
            .WithDescription("The CStore hash that holds the users; the same in every app that shares them.");
        authSecret = Secret(
            builder,
            "r1en-cstore-auth-secret",
            48,
            "The pepper of the password hashes; the same in every app that shares the users."
        );
        RedisPassword = Secret(builder, "redis-password", 32, "The password of the Redis that the processes meet in.");
        adminPassword = Secret(
            builder,
            "r1en-cstore-auth-bootstrap-admin-pwd",
            20,
            "The password of the user admin, who is created when there is none."
        );
    }

    /// <summary>The password of Redis, where there is one.</summary>
    public IResourceBuilder<ParameterResource> RedisPassword { get; }

    public static SharedSettings Add(IDistributedApplicationBuilder builder) => new(builder);

    /// <summary>For every service: the secret that signs who is asking.</summary>
    public IResourceBuilder<ProjectResource> Identity(IResourceBuilder<ProjectResource> project) =>
        project.WithEnvironment("DATAGEN_SESSION_SECRET", sessionSecret);

    /// <summary>For the Gateway: where the users are.</summary>
    public IResourceBuilder<ProjectResource> Users(IResourceBuilder<ProjectResource> project) =>
        project
            .WithEnvironment("R1EN_CSTORE_AUTH_HKEY", authHash)
            .WithEnvironment("R1EN_CSTORE_AUTH_SECRET", authSecret)
            .WithEnvironment("R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD", adminPassword);

    private static IResourceBuilder<ParameterResource> Secret(
        IDistributedApplicationBuilder builder,
        string name,
        int length,
        string description
    ) => Secret(builder, name, length).WithDescription(description);

    private static IResourceBuilder<ParameterResource> Secret(
        IDistributedApplicationBuilder builder,
        string name,
        int length
    )
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return builder.AddParameter(name, secret: true);
        }

        return builder.Configuration[name.Replace('-', '_').ToUpperInvariant()] is { Length: > 0 } given
            ? builder.AddParameter(name, given, publishValueAsDefault: false, secret: true)
            : builder.AddParameter(
                name,
                new GenerateParameterDefault { MinLength = length, Special = false },
                secret: true,
                persist: true
            );
    }
}
