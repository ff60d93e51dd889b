namespace DataGen.Tasks.Model;

/// <summary>Answers that held a record which the definition does not allow, by kind.</summary>
/// <param name="Invalid">Not valid under the schema, or a drawn value changed.</param>
/// <param name="Duplicate">Repeated another record in what has to differ.</param>
[GenerateSerializer, Immutable]
internal readonly record struct Rejections([property: Id(0)] int Invalid, [property: Id(1)] int Duplicate)
{
    public static Rejections operator +(Rejections left, Rejections right) =>
        new(left.Invalid + right.Invalid, left.Duplicate + right.Duplicate);
}
