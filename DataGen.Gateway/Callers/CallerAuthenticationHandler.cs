using System.Text.Encodings.Web;
using DataGen.Gateway.Problems;
using DataGen.Ratio1.CStore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace DataGen.Gateway.Callers;

/// <summary>Authenticates a request by the token that its scheme finds in it. Open endpoints do no look-up.</summary>
internal sealed class CallerAuthenticationHandler(
    IOptionsMonitor<CallerSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    CallerAuthenticator authenticator
) : AuthenticationHandler<CallerSchemeOptions>(options, logger, encoder)
{
    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (
            Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || Options.ReadToken(Request) is not { } token
        )
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            return await authenticator.AuthenticateAsync(token, Context.RequestAborted) is { } user
                ? AuthenticateResult.Success(new AuthenticationTicket(user, Scheme.Name))
                : AuthenticateResult.Fail("There is no such session.");
        }
        catch (Exception exception) when (exception is CStoreException or FailureException)
        {
            return AuthenticateResult.Fail(exception);
        }
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        if (failure is CStoreException)
        {
            await Failure.StoreUnavailable().WriteAsync(Context);
        }
        else if (failure is FailureException described)
        {
            Response.Headers.WWWAuthenticate = "Bearer";
            await described.Failure.WriteAsync(Context);
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
