using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace DataGen.Gateway.Problems;

/// <summary>Names the field of a request that could not be read: in its body, its query, or the body as a whole
/// (<c>$</c>).</summary>
internal static class RequestFailures
{
    /// <summary>The answer for a request the framework could not bind.</summary>
    public static Failure Describe(HttpContext context, BadHttpRequestException exception)
    {
        var endpoint = context.FailedEndpoint();
        var body = endpoint?.Metadata.GetMetadata<IAcceptsMetadata>();
        return exception switch
        {
            { StatusCode: not StatusCodes.Status400BadRequest } => Describe(exception.StatusCode),
            { InnerException: JsonException json } => Failure.Field(
                FieldOf(json),
                ProblemOf(context, json, body?.RequestType)
            ),
            _ when WrongParameter(context, endpoint) is { } parameter => Failure.Field(
                parameter.Name,
                $"has to be {Expected(parameter.ParameterInfo.ParameterType)}."
            ),
            _ when body is not null => Failure.Field("$", "A JSON object is required as the body."),
            _ => new Failure(exception.StatusCode, "The request cannot be read."),
        };
    }

    /// <summary>The answer for a status that was set without a body, by routing or by the server.</summary>
    public static Failure Describe(int status) =>
        new(
            status,
            status switch
            {
                StatusCodes.Status405MethodNotAllowed => "This address does not take that method.",
                StatusCodes.Status413PayloadTooLarge => "The request body is too large.",
                StatusCodes.Status415UnsupportedMediaType => "The Content-Type has to be application/json.",
                _ => "The request cannot be answered.",
            }
        );

    /// <summary>The endpoint of the request. The exception handler runs without a route, but remembers it.</summary>
    public static Endpoint? FailedEndpoint(this HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();

    /// <summary>Whether the JSON is malformed: then the reader's exception is inside, and the path only says how far
    /// the reader came.</summary>
    private static bool IsBroken(JsonException json) => json.InnerException is JsonException;

    private static string FieldOf(JsonException json) =>
        IsBroken(json) || json.Path is null or "$" ? "$"
        : json.Path.StartsWith("$.", StringComparison.Ordinal) ? json.Path[2..]
        : json.Path;

    private static string ProblemOf(HttpContext context, JsonException json, Type? body)
    {
        if (IsBroken(json))
        {
            return $"The body is not valid JSON (line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}).";
        }

        var field = FieldOf(json);
        if (field == "$" || body is null)
        {
            return "A JSON object is required as the body.";
        }

        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var property = options.GetTypeInfo(body).Properties.FirstOrDefault(property => property.Name == field);
        return $"has to be {(property is null ? "of another type" : Expected(property.PropertyType))}.";
    }

    // The framework names the parameter that it could not read only in its message.
    private static IParameterBindingMetadata? WrongParameter(HttpContext context, Endpoint? endpoint) =>
        endpoint
            ?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .FirstOrDefault(parameter =>
                parameter.HasTryParse
                && context.Request.Query[parameter.Name] is [{ Length: > 0 } text, ..]
                && !TypeDescriptor.GetConverter(parameter.ParameterInfo.ParameterType).IsValid(text)
            );

    private static string Expected(Type type) =>
        Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
        {
            TypeCode.Int32 or TypeCode.Int64 => "a whole number",
            TypeCode.Double => "a number",
            TypeCode.Boolean => "true or false",
            TypeCode.String => "text",
            _ => "of another type",
        };
}
