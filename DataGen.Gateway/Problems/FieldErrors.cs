namespace DataGen.Gateway.Problems;

/// <summary>Gathers what is wrong with a request's fields, so that the caller hears of all at once.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> errors = [];

    /// <summary>Notes a problem when there is one; the first of a field counts.</summary>
    public FieldErrors Add(string field, string? problem)
    {
        if (problem is not null)
        {
            errors.TryAdd(field, [problem]);
        }

        return this;
    }

    /// <summary>A required text that is missing.</summary>
    public FieldErrors Require(string field, string? value) =>
        Add(field, string.IsNullOrWhiteSpace(value) ? "is required." : null);

    /// <summary>Ends the request when anything is wrong.</summary>
    /// <exception cref="FailureException">At least one field is wrong.</exception>
    public void ThrowIfAny()
    {
        if (errors.Count > 0)
        {
            throw new FailureException(Failure.Fields(errors));
        }
    }
}
