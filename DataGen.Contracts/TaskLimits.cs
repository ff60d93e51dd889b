namespace DataGen.Contracts;

/// <summary>The limits of a task. Tasks enforces them, the Runner refuses requests beyond them, and the pages show
/// them. How many records a task may have is a setting of Tasks (<c>DATAGEN_MAX_RECORDS_PER_JOB</c>).</summary>
public static class TaskLimits
{
    /// <summary>The most characters of the prompt, also of a definition's prompt.</summary>
    public const int LongestPrompt = 8000;

    /// <summary>The most characters of the title.</summary>
    public const int LongestTitle = 200;

    /// <summary>The most characters of the text that a list is filtered by.</summary>
    public const int LongestFilterText = 200;

    /// <summary>The highest sampling temperature; the lowest is 0.</summary>
    public const double HighestTemperature = 1.5;

    /// <summary>The lowest bound of output tokens per record.</summary>
    public const int FewestTokens = 16;

    /// <summary>The highest bound of output tokens per record.</summary>
    public const int MostTokens = 4096;

    /// <summary>The bound of output tokens per record when a task names none. Ratio1's own default of 512 cuts longer
    /// records short.</summary>
    public const int DefaultTokens = 1024;

    /// <summary>The most bytes of the system prompt, with which every call begins.</summary>
    public const int LongestSystemPrompt = 2000;

    /// <summary>The highest bound of calls in flight; the lowest is 1.</summary>
    public const int MostCalls = 1024;
}
