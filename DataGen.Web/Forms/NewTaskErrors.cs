using DataGen.Web.Client;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DataGen.Web.Forms;

/// <summary>Brings what Tasks said about a new task to the fields of the form.</summary>
internal static class NewTaskErrors
{
    private static readonly string[] Fields =
    [
        nameof(NewTask.Prompt),
        nameof(NewTask.Count),
        nameof(NewTask.Title),
        nameof(NewTask.Temperature),
        nameof(NewTask.MaxTokens),
        nameof(NewTask.Concurrency),
    ];

    /// <summary>Adds the fault to the form and says with which status code the page is answered; null when it is not
    /// about the form.</summary>
    /// <param name="prefix">The name of the page's property that holds the form.</param>
    internal static int? AddFault(this ModelStateDictionary state, string prefix, RpcException fault)
    {
        if (fault.StatusCode is StatusCode.InvalidArgument)
        {
            AddViolations(state, prefix, fault);
            return StatusCodes.Status400BadRequest;
        }

        if (fault.StatusCode is StatusCode.ResourceExhausted)
        {
            state.AddModelError(
                "",
                $"You have started many tasks within a minute. Try again in {fault.RetryAfter().TotalSeconds} s."
            );
            return StatusCodes.Status429TooManyRequests;
        }

        if (fault.IsAway())
        {
            state.AddModelError(
                "",
                "The task could not be stored just now: the store cannot be reached. What you typed is still here; try again in a moment."
            );
            return StatusCodes.Status503ServiceUnavailable;
        }

        return null;
    }

    private static void AddViolations(ModelStateDictionary state, string prefix, RpcException fault)
    {
        var named = false;
        foreach (var violation in fault.FieldViolations())
        {
            var field = Fields.FirstOrDefault(name => name.Equals(violation.Field, StringComparison.OrdinalIgnoreCase));
            state.AddModelError(
                field is null ? "" : $"{prefix}.{field}",
                field is null ? $"{violation.Field}: {violation.Description}" : violation.Description
            );
            named = true;
        }

        if (!named)
        {
            state.AddModelError("", fault.Status.Detail);
        }
    }
}
