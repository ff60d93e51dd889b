using System.Text.Json.Serialization;

namespace DataGen.Tasks.Model;

/// <summary>Answers that held a record which the definition does not allow, by kind.</summary>
/// <param name="Invalid">Not valid under the schema, or a drawn value changed.</param>
/// <param name="Duplicate">Repeated another record, or an example, in what has to differ.</param>
/// <param name="Rule">Broke a rule between its members.</param>
/// <param name="Near">Was nearly another record in the text that has to differ.</param>
[GenerateSerializer, Immutable]
internal readonly record struct Rejections(
    [property: Id(0)] int Invalid,
    [property: Id(1)] int Duplicate,
    [property: Id(2)] int Rule = 0,
    [property: Id(3)] int Near = 0
)
{
    public static Rejections operator +(Rejections left, Rejections right) =>
        new(
            left.Invalid + right.Invalid,
            left.Duplicate + right.Duplicate,
            left.Rule + right.Rule,
            left.Near + right.Near
        );

    /// <summary>The sum of all kinds.</summary>
    [JsonIgnore]
    public int Total => Invalid + Duplicate + Rule + Near;
}
