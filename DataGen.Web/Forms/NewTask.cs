using System.ComponentModel.DataAnnotations;
using DataGen.Web.Display;

namespace DataGen.Web.Forms;

/// <summary>The fields of the form for a new task. Only missing values are checked here; Tasks checks the
/// ranges.</summary>
internal sealed class NewTask
{
    internal const string NoPrompt = "Describe what one record looks like.";
    internal const string NoCount = "Say how many records you want.";

    [Required(ErrorMessage = NoPrompt)]
    public string? Prompt { get; set; }

    [Required(ErrorMessage = NoCount)]
    public int? Count { get; set; }

    public string? Title { get; set; }

    public double? Temperature { get; set; }

    [Display(Name = "Max tokens")]
    public int? MaxTokens { get; set; }

    public int? Concurrency { get; set; }

    /// <summary>The definition beyond prompt and count, as a JSON object.</summary>
    public string? Definition { get; set; }

    /// <summary>The form filled from an existing task. A title that was taken from the prompt is left out, so that it
    /// is taken from the changed prompt.</summary>
    /// <param name="task">The task.</param>
    /// <param name="examples">Records of it that are to be examples, as JSON.</param>
    internal static NewTask Like(GenerationTask task, IEnumerable<string> examples) =>
        new()
        {
            Prompt = task.Spec.Prompt,
            Count = task.Spec.Count,
            Title = TaskSummary.Of(task).IsNamedByPrompt ? null : task.Title,
            Temperature = task.Spec.HasTemperature ? task.Spec.Temperature : null,
            MaxTokens = task.Spec.HasMaxTokens ? task.Spec.MaxTokens : null,
            Concurrency = task.Spec.HasConcurrency ? task.Spec.Concurrency : null,
            Definition = DefinitionText.Of(task, examples),
        };

    /// <summary>The request to Tasks; empty fields stay absent.</summary>
    internal CreateTaskRequest ToRequest() =>
        new()
        {
            Spec = GenerationSpec.Of(Prompt, Count, Temperature, MaxTokens, Concurrency, Definition?.Trim()),
            Title = Title?.Trim() ?? "",
        };
}
