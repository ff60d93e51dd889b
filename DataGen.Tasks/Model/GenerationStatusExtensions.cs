namespace DataGen.Tasks.Model;

internal static class GenerationStatusExtensions
{
    /// <summary>Whether the task will not change any more.</summary>
    public static bool IsFinal(this GenerationStatus status) =>
        status is not (GenerationStatus.Queued or GenerationStatus.Running);
}
