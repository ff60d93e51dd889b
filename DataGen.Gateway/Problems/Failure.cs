using System.Globalization;
using DataGen.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.Problems;

/// <summary>An error answer: RFC 9457 problem details in the API, a plain page elsewhere.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Detail">A sentence for people; never internals, never secrets.</param>
internal sealed record Failure(int Status, string Detail)
{
    /// <summary>The sentence for a request with wrong fields.</summary>
    public const string FieldsDetail = "The request has errors; nothing was changed.";

    /// <summary>What is wrong with which field of the request; <c>$</c> is the body as a whole.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A request with one wrong field.</summary>
    public static Failure Field(string name, string problem) =>
        Fields(new Dictionary<string, string[]> { [name] = [problem] });

    /// <summary>A request with wrong fields.</summary>
    public static Failure Fields(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status400BadRequest, FieldsDetail) { Errors = errors };

    /// <summary>A service that this request needs cannot be reached at present.</summary>
    public static Failure Unavailable(string detail, TimeSpan? retryAfter = null) =>
        new(StatusCodes.Status503ServiceUnavailable, detail) { RetryAfter = retryAfter ?? TimeSpan.FromSeconds(5) };

    /// <summary>The user store or the session store cannot be reached.</summary>
    public static Failure StoreUnavailable() => Unavailable("The user store cannot be reached just now.");

    /// <summary>Writes the answer.</summary>
    public Task WriteAsync(HttpContext context)
    {
        if (RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = ServiceFailure
                .WholeSeconds(wait)
                .ToString(CultureInfo.InvariantCulture);
        }

        return context.Request.IsPage()
            ? PlainPage.WriteAsync(context, Status, Detail)
            : ToResult().ExecuteAsync(context);
    }

    /// <summary>The problem details of this failure, without its headers.</summary>
    public ProblemHttpResult ToResult() =>
        Errors is null
            ? TypedResults.Problem(Detail, statusCode: Status)
            : TypedResults.Problem(new HttpValidationProblemDetails(Errors) { Status = Status, Detail = Detail });
}
