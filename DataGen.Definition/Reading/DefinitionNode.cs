using System.Text.Json;

namespace DataGen.Definition.Reading;

/// <summary>A value of the definition document: its JSON, its path, and the list that its errors are added
/// to.</summary>
internal sealed class DefinitionNode(JsonElement element, string path, List<DefinitionError> errors)
{
    public JsonElement Element => element;

    /// <summary>The last part of the path: the member's name.</summary>
    public string Name { get; private init; } = "";

    public List<DefinitionError> Errors => errors;

    public void Fail(string message) => errors.Add(new DefinitionError(path, message));

    public T? Fail<T>(string message)
        where T : struct
    {
        Fail(message);
        return null;
    }

    public bool IsObject() => Is(JsonValueKind.Object, "has to be a JSON object.");

    public bool IsList() => Is(JsonValueKind.Array, "has to be a list.");

    public bool Has(string name) => element.TryGetProperty(name, out _);

    /// <summary>A member; null when there is none.</summary>
    public DefinitionNode? Member(string name) =>
        element.TryGetProperty(name, out var member)
            ? new DefinitionNode(member, Below(name), errors) { Name = name }
            : null;

    /// <summary>A required member. Null when it is missing, which is added as an error.</summary>
    public DefinitionNode? Required(string name)
    {
        if (Member(name) is { } member)
        {
            return member;
        }

        errors.Add(new DefinitionError(Below(name), "is required."));
        return null;
    }

    public IEnumerable<DefinitionNode> Members() => element.EnumerateObject().Select(member => Member(member.Name)!);

    public IEnumerable<DefinitionNode> Items() =>
        element.EnumerateArray().Select((item, at) => new DefinitionNode(item, $"{path}[{at}]", errors));

    /// <summary>Adds an error for every member that is not among <paramref name="names"/>.</summary>
    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                errors.Add(
                    new DefinitionError(
                        Below(member.Name),
                        $"is not known here; {string.Join(", ", names.ToArray())} are."
                    )
                );
            }
        }
    }

    /// <summary>A required text that is not blank. Null when it is wrong, which is added as an error.</summary>
    public string? Text(string name, int longest)
    {
        if (Required(name) is not { } member)
        {
            return null;
        }

        var text = member.Element.ValueKind == JsonValueKind.String ? member.Element.GetString() : null;
        if (string.IsNullOrWhiteSpace(text) || text.Length > longest)
        {
            member.Fail(
                text is null ? "has to be text."
                : text.Length > longest ? $"has {text.Length} characters; {longest} are the most."
                : "is empty."
            );
            return null;
        }

        return text;
    }

    public long? Whole(string name, long least, long most) =>
        Required(name) is not { } member ? null
        : member.Element.ValueKind == JsonValueKind.Number
        && member.Element.TryGetInt64(out var number)
        && number >= least
        && number <= most
            ? number
        : member.Fail<long>($"has to be a whole number from {least} to {most}.");

    public double? Number(string name) =>
        Required(name) is not { } member ? null
        : member.Element.ValueKind == JsonValueKind.Number
        && member.Element.TryGetDouble(out var number)
        && Math.Abs(number) <= 1e15
            ? number
        : member.Fail<double>("has to be a number, at most 1000000000000000 from 0.");

    public bool Flag(string name)
    {
        var member = Member(name)!;
        if (member.Element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            member.Fail("has to be true or false.");
        }

        return member.Element.ValueKind == JsonValueKind.True;
    }

    private string Below(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private bool Is(JsonValueKind kind, string otherwise)
    {
        if (element.ValueKind == kind)
        {
            return true;
        }

        Fail(otherwise);
        return false;
    }
}
