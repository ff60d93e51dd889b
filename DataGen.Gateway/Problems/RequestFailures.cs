using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace DataGen.Gateway.Problems;

/// <summary>Names the field of a request that could not be read: in its body, its query, or the body as a whole (<c>$</c>).</summary>
internal static class RequestFailures
{
    /// <summary>The answer for a request the framework could not bind.</summary>
    public static Failure Describe(HttpContext context, BadHttpRequestException exception)
    {
        var body = context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>();
        return exception switch
        {
            { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Failure(exception.StatusCode, "The request body is too large."),
            { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new Failure(exception.StatusCode, "The Content-Type has to be application/json."),
            { InnerException: JsonException json } => Failure.Field(FieldOf(json), ProblemOf(context, json, body?.RequestType)),
            _ when QueryParameter(context, exception) is { } parameter => Failure.Field(parameter.Name, $"has to be {Expected(parameter.ParameterInfo.ParameterType)}."),
            _ when body is not null => Failure.Field("$", "A JSON object is required as the body."),
            _ => new Failure(exception.StatusCode, "The request cannot be read."),
        };
    }

    /// <summary>Broken JSON has the reader's own exception inside; there the path only says how far it came.</summary>
    private static bool IsBroken(JsonException json) => json.InnerException is JsonException;

    private static string FieldOf(JsonException json) =>
        IsBroken(json) || json.Path is null or "$" ? "$" : json.Path.StartsWith("$.", StringComparison.Ordinal) ? json.Path[2..] : json.Path;

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

    /// <remarks>The framework's message reads: Failed to bind parameter "Nullable&lt;int&gt; limit" from "ten".</remarks>
    private static IParameterBindingMetadata? QueryParameter(HttpContext context, BadHttpRequestException exception) =>
        context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .FirstOrDefault(parameter => exception.Message.Contains($" {parameter.Name}\" from ", StringComparison.Ordinal));

    private static string Expected(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Double => "a number",
        TypeCode.Boolean => "true or false",
        TypeCode.String => "text",
        _ => "of another type",
    };
}
