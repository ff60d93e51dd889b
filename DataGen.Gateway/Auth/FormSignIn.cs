using DataGen.Gateway.Problems;
using DataGen.Gateway.Sessions;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;

namespace DataGen.Gateway.Auth;

/// <summary>Signing in and out by form. Web renders the forms, but they are posted to the Gateway, so that Web never
/// sees a password.</summary>
internal static class FormSignIn
{
    /// <summary>The page with the form, rendered by Web.</summary>
    public const string LoginPath = "/login";

    /// <summary>Maps the addresses that the forms post to.</summary>
    public static IEndpointRouteBuilder MapFormSignIn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(LoginPath, LoginAsync).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapPost("/logout", LogoutAsync).AllowAnonymous().ExcludeFromDescription();
        return endpoints;
    }

    private static async Task LoginAsync(HttpContext context, SignIn signIn, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
        {
            await new Failure(
                StatusCodes.Status415UnsupportedMediaType,
                "The sign-in form is expected here."
            ).WriteAsync(context);
            return;
        }

        var form = await ReadFormAsync(context.Request, cancellationToken);
        var returnUrl = LocalAddress.Of(form["returnUrl"]);
        try
        {
            var signedIn = await signIn.OpenAsync(
                context,
                form["username"].ToString(),
                form["password"].ToString(),
                SessionKind.Browser,
                cancellationToken
            );
            SessionCookie.Set(context, signedIn.Token, signedIn.ExpiresAt);
            SeeOther(context, returnUrl);
        }
        catch (Exception exception) when (ErrorName(exception) is { } error)
        {
            SeeOther(context, LoginPath + QueryString.Create("error", error).Add("returnUrl", returnUrl));
        }
    }

    private static async Task LogoutAsync(HttpContext context, SignIn signIn, CancellationToken cancellationToken)
    {
        await signIn.CloseAsync(context, cancellationToken);
        SessionCookie.Clear(context);
        SeeOther(context, LoginPath);
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (Exception exception)
            when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new FailureException(new Failure(StatusCodes.Status400BadRequest, "The form cannot be read."));
        }
    }

    private static string? ErrorName(Exception exception) =>
        exception switch
        {
            AuthException
            {
                Code: AuthErrorCode.InvalidCredentials or AuthErrorCode.InvalidUsername or AuthErrorCode.InvalidPassword
            } => "invalid",
            FailureException { Failure.Status: StatusCodes.Status429TooManyRequests } => "throttled",
            FailureException { Failure.Status: StatusCodes.Status503ServiceUnavailable } or CStoreException =>
                "unavailable",
            _ => null,
        };

    /// <summary>Answers 303, so that the browser continues with a GET.</summary>
    private static void SeeOther(HttpContext context, string address)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address;
    }
}
