using System.Globalization;
using System.Text.Json;
using DataGen.Mock.Records.Drafting;
using DataGen.Mock.Records.Values;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Schemas;

/// <summary>
/// Turns a JSON Schema into makers of values that follow it, and that are plausible as far as names, descriptions and
/// the prompt tell what they mean. It is done once per prompt; the makers run once per record.
/// </summary>
internal sealed class SchemaCompiler
{
    /// <summary>Below this only what is required is written, so that schemas that hold themselves come to an
    /// end.</summary>
    private const int DeepEnough = 5;

    /// <summary>Where what is required has no end, it ends here.</summary>
    private const int Deepest = 16;
    private const double NullShare = 0.08;
    private const double OptionalShare = 0.9;
    private readonly Draft draft;
    private readonly FieldSources sources;
    private readonly SchemaText text;
    private readonly ChoiceMakers choices;

    public SchemaCompiler(Draft draft, FieldSources sources)
    {
        this.draft = draft;
        this.sources = sources;
        text = new SchemaText(draft, sources);
        choices = new ChoiceMakers(draft, sources);
    }

    /// <summary>Where records may be set, once all is compiled: what a list of allowed countries leaves.</summary>
    public IReadOnlyList<Place> Places => choices.Places;

    public Maker Compile(JsonElement schema) =>
        Compile(new SchemaNode(schema, schema), new FieldSpec("", draft.Subject), draft.Fields, 0);

    private Maker Compile(SchemaNode given, FieldSpec field, IReadOnlyList<FieldSpec> known, int depth)
    {
        if (depth > Deepest)
        {
            return _ => null;
        }

        var node = given.Resolved();
        if (node.Alternatives() is { Count: > 0 } alternatives)
        {
            return OneOf([
                .. alternatives.Select(each => (IsNull(each), Later(() => Compile(each, field, known, depth + 1)))),
            ]);
        }

        if (node.Constant is { } constant)
        {
            return _ => constant;
        }

        if (node.Values is { Count: > 0 } allowed)
        {
            return choices.Of([.. allowed.Select(value => (object)value)], field);
        }

        var types = node.Types;
        var type = types.FirstOrDefault(each => each is not "null") ?? "null";
        Maker make = type switch
        {
            "null" => _ => null,
            "object" => Object(node, field, known, depth),
            "array" => Array(node, field, known, depth),
            "boolean" => Flag(field),
            "integer" => Number(node, field, whole: true),
            "number" => Number(node, field, whole: false),
            _ => text.Compile(node, field),
        };
        return types.Contains("null") ? record => record.Draw.Chance(NullShare) ? null : make(record) : make;
    }

    /// <summary>What is within another: compiled when a record first needs it where the schema may hold
    /// itself.</summary>
    private Maker Within(
        SchemaNode node,
        FieldSpec field,
        IReadOnlyList<FieldSpec> known,
        int depth,
        bool isReference = false
    ) =>
        isReference || depth >= DeepEnough
            ? Later(() => Compile(node, field, known, depth + 1))
            : Compile(node, field, known, depth + 1);

    private static Maker Later(Func<Maker> compile)
    {
        var maker = new Lazy<Maker>(compile);
        return record => maker.Value(record);
    }

    private static bool IsNull(SchemaNode node) => node.Text("type") is "null";

    /// <summary>One of several, null the least often.</summary>
    private static Maker OneOf((bool IsNull, Maker Make)[] all)
    {
        var solid = all.Where(each => !each.IsNull).ToArray();
        return record =>
            record
                .Draw.Pick(
                    solid.Length == 0 || (solid.Length < all.Length && record.Draw.Chance(NullShare)) ? all : solid
                )
                .Make(record);
    }

    private Maker Flag(FieldSpec field)
    {
        if (field.Share is { } share)
        {
            return record => record.Draw.Chance(share);
        }

        var source = sources.Find(field with { Type = FieldType.Flag, Choices = [] });
        return source.Type is FieldType.Flag ? record => source.Make(record) : record => record.Draw.Chance(0.5);
    }

    private Maker Number(SchemaNode node, FieldSpec field, bool whole)
    {
        var bounds = SchemaBounds.Of(node, whole);
        var (least, most) = ((double?)bounds.Least, (double?)bounds.Most);
        field = field with
        {
            Type = whole ? FieldType.Whole : FieldType.Number,
            Min = least ?? (most is null || field.Min <= most ? field.Min : null),
            Max = most ?? (least is null || field.Max >= least ? field.Max : null),
        };
        var source = sources.Find(field);
        if (source.Type is not (FieldType.Whole or FieldType.Number))
        {
            source = new Sources(draft, field).Number(least ?? 0, most ?? 100, whole ? 0 : 2);
        }

        return record =>
        {
            var number = Convert.ToDecimal(source.Make(record), CultureInfo.InvariantCulture);
            return bounds.Fit(whole ? Math.Round(number) : number);
        };
    }

    private Maker Object(SchemaNode node, FieldSpec field, IReadOnlyList<FieldSpec> known, int depth)
    {
        var required = node.Required;
        var properties = (node.Properties ?? [])
            .Where(property => depth < DeepEnough || required.Contains(property.Name))
            .ToArray();
        if (properties.Length == 0 && required.Count == 0)
        {
            return Map(node, known, depth);
        }

        var members = properties
            .Select(property =>
            {
                var child = new SchemaNode(property.Value, node.Root);
                var spec = KnownFields.Find(
                    property.Name,
                    child,
                    depth > 0 ? field.Words : "",
                    known,
                    out var children
                );
                return new Property(
                    property.Name,
                    spec,
                    SchemaBounds.Of(child, whole: false),
                    required.Contains(property.Name),
                    Within(child, spec, children, depth, isReference: child.Text("$ref") is not null)
                );
            })
            .Concat(
                required
                    .Where(name => !properties.Any(property => property.Name == name))
                    .Select(name => new Property(
                        name,
                        new FieldSpec(name, Words.Of(name)),
                        default,
                        true,
                        text.Compile(default, new FieldSpec(name, Words.Of(name)))
                    ))
            )
            .ToArray();
        return new ObjectMaker(members, OptionalShare).Make;
    }

    /// <summary>An object whose members have no names of their own in the schema.</summary>
    private Maker Map(SchemaNode node, IReadOnlyList<FieldSpec> known, int depth)
    {
        if (node.AdditionalProperties is not { ValueKind: JsonValueKind.Object } schema || depth >= DeepEnough)
        {
            return depth == 0 && node.AdditionalProperties is null
                ? Compile(new SchemaDraft(sources).Write(draft.Fields))
                : _ => new Members();
        }

        var names = Vocabulary.Instance.List("plain", "en");
        var make = Compile(new SchemaNode(schema, node.Root), new FieldSpec("", ""), known, depth + 1);
        var count = Math.Max(2, node.Whole("minProperties") ?? 0);
        return record =>
        {
            var members = new Members();
            members.AddRange(record.Draw.Some(names, count).Select(name => KeyValuePair.Create(name, make(record))));
            return members;
        };
    }

    private Maker Array(SchemaNode node, FieldSpec field, IReadOnlyList<FieldSpec> known, int depth)
    {
        var isDeep = depth >= DeepEnough;
        var source = sources.Find(field);
        // A list's items are named after it: "tags" holds tags.
        var item = field with
        {
            IsList = false,
            MinItems = null,
            MaxItems = null,
        };
        var first = node.Member("prefixItems") is { ValueKind: JsonValueKind.Array } prefix
            ? prefix
                .EnumerateArray()
                .Select(each => Within(new SchemaNode(each, node.Root), item, known, depth))
                .ToArray()
            : [];
        var rest = node.Member("items") switch
        {
            { ValueKind: JsonValueKind.Object } each => Within(new SchemaNode(each, node.Root), item, known, depth),
            { ValueKind: JsonValueKind.False } => null,
            _ when first.Length > 0 => null,
            _ => text.Compile(default, item),
        };
        var isPlain =
            node.Member("items") is not { ValueKind: JsonValueKind.Object } items
            || new SchemaNode(items, node.Root) is { Values: null, Properties: null } each2
                && each2.Types is ["string"];
        var least =
            node.Whole("minItems")
            ?? field.MinItems
            ?? (
                isDeep ? 0
                : isPlain ? 2
                : 1
            );
        var most = Math.Max(
            least,
            Math.Min(node.Whole("maxItems") ?? field.MaxItems ?? Math.Max(least + 2, 3), least + 8)
        );
        var whole =
            source.IsWhole && isPlain && first.Length == 0 && node.Whole("maxItems") is null && field.MaxItems is null;
        return record =>
        {
            if (whole && !isDeep)
            {
                // The list of a row belongs together, as the steps of a recipe do.
                return ((List<string>)source.Make(record)).Select(each => (object?)each).ToList();
            }

            var count = isDeep ? least : (int)record.Draw.Whole(least, most);
            var list =
                source.IsList && isPlain && first.Length == 0
                    ? record.Draw.Some((List<string>)source.Make(record), count).Select(each => (object?)each).ToList()
                    : new List<object?>(count);
            return Fill(
                list,
                record,
                first,
                rest,
                count,
                node.Member("uniqueItems") is { ValueKind: JsonValueKind.True }
            );
        };
    }

    private static List<object?> Fill(
        List<object?> list,
        RecordContext record,
        Maker[] first,
        Maker? rest,
        int count,
        bool unique
    )
    {
        for (var tries = 0; list.Count < count && tries < count * 30; tries++)
        {
            if ((list.Count < first.Length ? first[list.Count] : rest) is not { } make)
            {
                break;
            }

            // Equal items are tolerated where they are allowed, but only when there is nothing else.
            var one = make(record.Within());
            if (!list.Exists(other => AreEqual(one, other)) || (!unique && tries >= count * 10))
            {
                list.Add(one);
            }
        }

        return list;
    }

    private static bool AreEqual(object? one, object? other) =>
        one is JsonElement a && other is JsonElement b ? JsonElement.DeepEquals(a, b) : Equals(one, other);
}
