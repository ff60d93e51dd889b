namespace DataGen.Gateway.Problems;

/// <summary>Registers how failures are answered.</summary>
internal static class ProblemsExtensions
{
    /// <summary>The path under which every answer is for programs.</summary>
    public static readonly PathString ApiPath = "/api";

    /// <summary>Adds problem details for everything that goes wrong.</summary>
    public static IHostApplicationBuilder AddProblems(this IHostApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return builder;
    }

    /// <summary>Answers exceptions everywhere, and in the API also the statuses that routing sets without a body (405, 415).</summary>
    public static WebApplication UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseWhen(context => context.Request.Path.StartsWithSegments(ApiPath), api => api.UseStatusCodePages(async status =>
        {
            var response = status.HttpContext.Response;
            var failure = response.StatusCode switch
            {
                StatusCodes.Status405MethodNotAllowed => new Failure(response.StatusCode, "This address does not take that method."),
                StatusCodes.Status415UnsupportedMediaType => new Failure(response.StatusCode, "The Content-Type has to be application/json."),
                _ => new Failure(response.StatusCode, "The request cannot be answered."),
            };
            await failure.WriteAsync(status.HttpContext);
        }));
        return app;
    }
}
