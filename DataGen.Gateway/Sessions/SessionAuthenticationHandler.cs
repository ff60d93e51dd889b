using System.Text.Encodings.Web;
using DataGen.Gateway.Pages;
using DataGen.Gateway.Problems;
using DataGen.Ratio1.CStore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace DataGen.Gateway.Sessions;

/// <summary>Authenticates a request by its bearer token, else by its session cookie. Open endpoints cost no
/// look-up.</summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    SessionAuthenticator authenticator
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Session";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (
            Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || SessionCredential.Of(Request) is not { } token
        )
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            return await authenticator.AuthenticateAsync(token, Context.RequestAborted) is { } user
                ? AuthenticateResult.Success(new AuthenticationTicket(user, SchemeName))
                : AuthenticateResult.Fail("There is no such session.");
        }
        catch (CStoreException exception)
        {
            return AuthenticateResult.Fail(exception);
        }
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if ((await HandleAuthenticateOnceSafeAsync()).Failure is CStoreException)
        {
            await Failure.StoreUnavailable().WriteAsync(Context);
        }
        else if (Request.IsPage() && (HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method)))
        {
            Response.Redirect(
                $"/login{QueryString.Create("returnUrl", $"{Request.PathBase}{Request.Path}{Request.QueryString}")}"
            );
        }
        else
        {
            Response.Headers.WWWAuthenticate = "Bearer";
            await new Failure(
                StatusCodes.Status401Unauthorized,
                "Sign in first: there is no live session with this request."
            ).WriteAsync(Context);
        }
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        new Failure(StatusCodes.Status403Forbidden, "Only administrators may do this.").WriteAsync(Context);
}
