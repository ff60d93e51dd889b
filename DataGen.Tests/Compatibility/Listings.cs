using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DataGen.Contracts;
using DataGen.Tasks.Budgets;
using DataGen.Tasks.Curation;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;
using Google.Protobuf.Reflection;

namespace DataGen.Tests.Compatibility;

/// <summary>What two versions have to agree on, a line for each fact.</summary>
internal static class Listings
{
    private static readonly JsonSerializerOptions Documents = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(
            StorageJsonContext.Default,
            BudgetJsonContext.Default,
            CurationJsonContext.Default
        ),
    };

    /// <summary>What travels between the services.</summary>
    public static IEnumerable<string> Protos() =>
        (
            (FileDescriptor[])
                [
                    CommonReflection.Descriptor,
                    RunnerReflection.Descriptor,
                    TasksReflection.Descriptor,
                    ExplorerReflection.Descriptor,
                ]
        ).SelectMany(file =>
            file.Services.SelectMany(service => service.Methods)
                .Select(Line)
                .Concat(file.MessageTypes.SelectMany(Lines))
                .Concat(file.EnumTypes.SelectMany(Lines))
        );

    /// <summary>What travels between Tasks processes of one cluster: the calls of grains, and the numbered members of
    /// what they carry.</summary>
    public static IEnumerable<string> Grains()
    {
        var types = typeof(TaskDefinition).Assembly.GetTypes();
        var calls =
            from type in types
            where type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)
            from method in type.GetMethods()
            select $"call {type.FullName}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)))}) {Name(method.ReturnType)}";
        // Which Orleans makes of a call's full signature, where it has no alias.
        var ids =
            from type in types
            from call in type.GetCustomAttributes<CompoundTypeAliasAttribute>()
            where call.Components is [_, _, Type, string]
            select $"id {((Type)call.Components[2]).FullName} {call.Components[3]}";
        var members =
            from type in types
            where type.GetCustomAttribute<GenerateSerializerAttribute>() is not null
            from member in type.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            let id = member.GetCustomAttribute<IdAttribute>()
            where id is not null && member.DeclaringType == type
            select $"member {type.FullName} {id.Id} {member.Name} {Name((member as PropertyInfo)?.PropertyType ?? ((FieldInfo)member).FieldType)}";
        var values =
            from type in types
            where type.IsEnum
            from value in Enum.GetValuesAsUnderlyingType(type).Cast<object>()
            select $"value {type.FullName} {value} {Enum.GetName(type, value)}";
        return calls.Concat(ids).Concat(members).Concat(values);
    }

    /// <summary>The members of the documents in the store.</summary>
    public static IEnumerable<string> Stored()
    {
        var seen = new HashSet<Type>();
        return (
            (Type[])
                [
                    typeof(TaskDocument),
                    typeof(ShardDocument),
                    typeof(BudgetState),
                    typeof(DataGen.Tasks.Curation.CuratedRecord),
                    typeof(MetricsTotals),
                    typeof(SegmentReference),
                ]
        ).SelectMany(document => Members(document, seen));
    }

    private static string Line(MethodDescriptor method) =>
        $"rpc {method.FullName} {(method.IsClientStreaming ? "stream " : "")}{method.InputType.FullName} {(method.IsServerStreaming ? "stream " : "")}{method.OutputType.FullName}";

    private static IEnumerable<string> Lines(MessageDescriptor message) =>
        message.IsMapEntry
            ? []
            : message
                .Fields.InFieldNumberOrder()
                .Select(Line)
                .Concat(message.NestedTypes.SelectMany(Lines))
                .Concat(message.EnumTypes.SelectMany(Lines));

    private static string Line(FieldDescriptor field)
    {
        var kind =
            field.IsMap ? "map "
            : field.IsRepeated ? "repeated "
            : field.RealContainingOneof is { } oneof ? $"oneof {oneof.Name} "
            : field.HasPresence && field.FieldType != FieldType.Message ? "optional "
            : "";
        var type = field.FieldType switch
        {
            FieldType.Message when field.IsMap =>
                $"{field.MessageType.FindFieldByNumber(1).FieldType} {field.MessageType.FindFieldByNumber(2).FieldType}",
            FieldType.Message => field.MessageType.FullName,
            FieldType.Enum => field.EnumType.FullName,
            var plain => $"{plain}",
        };
        return $"field {field.ContainingType.FullName} {field.FieldNumber} {field.Name} {kind}{type}";
    }

    private static IEnumerable<string> Lines(EnumDescriptor values) =>
        values.Values.Select(value => $"value {values.FullName} {value.Number} {value.Name}");

    private static IEnumerable<string> Members(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || !Documents.TryGetTypeInfo(type, out var json))
        {
            return [];
        }

        return json.Kind switch
        {
            JsonTypeInfoKind.Object => json.Properties.SelectMany(member =>
                Members(member.PropertyType, seen).Prepend($"{type.Name} {member.Name} {Name(member.PropertyType)}")
            ),
            JsonTypeInfoKind.None when Nullable.GetUnderlyingType(type) is { } value => Members(value, seen),
            JsonTypeInfoKind.None when type.IsEnum => Enum.GetValues(type)
                .Cast<object>()
                .Select(value => $"{type.Name} {JsonSerializer.Serialize(value, json)}"),
            JsonTypeInfoKind.None => [],
            _ => Members(json.ElementType!, seen),
        };
    }

    private static string Name(Type type) =>
        type.IsArray ? $"{Name(type.GetElementType()!)}[]"
        : type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
