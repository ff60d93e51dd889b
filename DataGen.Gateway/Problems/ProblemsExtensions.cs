namespace DataGen.Gateway.Problems;

/// <summary>Registers the answers to failures.</summary>
internal static class ProblemsExtensions
{
    /// <summary>The path of the API.</summary>
    public static readonly PathString ApiPath = "/api";

    /// <summary>Adds problem details for every failure.</summary>
    public static IHostApplicationBuilder AddProblems(this IHostApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(options =>
            options.CustomizeProblemDetails = context =>
            {
                // The framework's validation names only the fields.
                if (context.ProblemDetails is HttpValidationProblemDetails problem)
                {
                    problem.Detail ??= Failure.FieldsDetail;
                }
            }
        );
        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return builder;
    }

    /// <summary>Answers exceptions everywhere, and in the API also the statuses that are set without a body (405, 413,
    /// 415).</summary>
    public static WebApplication UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(ApiPath),
            api =>
                api.UseStatusCodePages(status =>
                    RequestFailures.Describe(status.HttpContext.Response.StatusCode).WriteAsync(status.HttpContext)
                )
        );
        return app;
    }
}
