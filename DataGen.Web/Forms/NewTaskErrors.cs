using Grpc.Core;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DataGen.Web.Forms;

/// <summary>Shows the errors that Tasks found in a new task beside the fields of the form.</summary>
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

    /// <summary>Adds the failure to the form. Returns the status code of the page, or null when the failure is not
    /// about the form.</summary>
    /// <param name="prefix">The name of the page's property that holds the form.</param>
    internal static int? AddFailure(this ModelStateDictionary state, string prefix, ServiceFailure failure)
    {
        if (failure.Code is StatusCode.InvalidArgument)
        {
            AddProblems(state, prefix, failure);
            return StatusCodes.Status400BadRequest;
        }

        if (failure.Code is StatusCode.ResourceExhausted)
        {
            state.AddModelError(
                "",
                $"You have started many tasks within a minute. Try again in {failure.RetryAfterSeconds} s."
            );
            return StatusCodes.Status429TooManyRequests;
        }

        if (failure.IsUnavailable)
        {
            state.AddModelError(
                "",
                "The task could not be stored just now: the store cannot be reached. What you typed is still here; try again in a moment."
            );
            return StatusCodes.Status503ServiceUnavailable;
        }

        return null;
    }

    private static void AddProblems(ModelStateDictionary state, string prefix, ServiceFailure failure)
    {
        foreach (var (name, problems) in failure.Fields)
        {
            // Every other name is a path inside of the definition.
            var field = Fields.FirstOrDefault(field => field.Equals(name, StringComparison.OrdinalIgnoreCase));
            foreach (var problem in problems)
            {
                state.AddModelError(
                    $"{prefix}.{field ?? nameof(NewTask.Definition)}",
                    field is null ? $"{name}: {problem}" : problem
                );
            }
        }

        if (failure.Fields.Count == 0)
        {
            state.AddModelError("", failure.Message ?? "The task was not taken.");
        }
    }
}
