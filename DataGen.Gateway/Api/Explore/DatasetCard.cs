using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataGen.Contracts;

namespace DataGen.Gateway.Api.Explore;

/// <summary>Writes a dataset card for Hugging Face (huggingface.co/docs/hub/datasets-cards): a YAML head, then
/// Markdown.</summary>
internal static class DatasetCard
{
    /// <summary>The place of the records in a download for Hugging Face.</summary>
    public const string DataFile = "data/train-00000-of-00001.parquet";

    private const int MostValues = 5;

    // The size classes of the Hub.
    private static readonly (int Below, string Name)[] Sizes =
    [
        (1_000, "n<1K"),
        (10_000, "1K<n<10K"),
        (100_000, "10K<n<100K"),
        (1_000_000, "100K<n<1M"),
        (10_000_000, "1M<n<10M"),
        (int.MaxValue, "10M<n<100M"),
    ];

    /// <summary>Writes the card of a task.</summary>
    public static async Task<string> WriteAsync(
        string id,
        string? owner,
        TasksClient tasks,
        ExplorerClient explorer,
        CancellationToken cancellationToken
    )
    {
        var (detail, profile) = await DatasetReport.ReadAsync(id, owner, tasks, explorer, cancellationToken);
        var (hash, bytes) = await HashAsync(id, owner, tasks, cancellationToken);
        var card = new StringBuilder();
        AddHead(card, detail.Task, profile, bytes);
        AddMaking(card, detail.Task, profile);
        AddColumns(card, profile);
        AddSamplers(card, profile);
        card.Append(
            CultureInfo.InvariantCulture,
            $"## Checksum\n\nSHA-256 of the records as JSON Lines ({bytes:N0} bytes): `{hash}`\n"
        );
        return card.ToString();
    }

    private static void AddHead(StringBuilder card, GenerationTask task, ProfileReply profile, long bytes)
    {
        card.Append("---\n")
            .Append(CultureInfo.InvariantCulture, $"pretty_name: {Yaml(task.Title)}\n")
            .Append("tags:\n- synthetic\n- datagen\n")
            .Append("size_categories:\n")
            .Append(CultureInfo.InvariantCulture, $"- {Sizes.First(size => profile.Total < size.Below).Name}\n")
            .Append("configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: data/train-*\n")
            .Append("dataset_info:\n  features:\n");
        foreach (var column in profile.Columns)
        {
            card.Append(
                CultureInfo.InvariantCulture,
                $"  - name: {Yaml(column.Column.Name)}\n    dtype: {FeatureType(column.Column.Type)}\n"
            );
        }

        card.Append(
            CultureInfo.InvariantCulture,
            $"  splits:\n  - name: train\n    num_bytes: {bytes}\n    num_examples: {profile.Total}\n---\n\n# {Escaped(OneLine(task.Title))}\n\n"
        );
    }

    private static void AddMaking(StringBuilder card, GenerationTask task, ProfileReply profile)
    {
        card.Append(
                "Synthetic records, made by a language model with one call each and not edited since. "
                    + "Members whose values were not drawn (below) have the distribution that the model gives them.\n\n"
            )
            .Append("## What was asked for\n\n")
            .Append(Fenced(task.Spec.Prompt, "text"));
        if (task.Spec.Sampling.Length > 0)
        {
            card.Append("\nwith this definition:\n\n").Append(Fenced(Indented(task.Spec.Sampling), "json"));
        }

        card.Append("\n## What it took\n\n| | |\n| --- | --- |\n")
            .Append(CultureInfo.InvariantCulture, $"| records asked for | {task.Spec.Count:N0} |\n")
            .Append(CultureInfo.InvariantCulture, $"| records | {profile.Total:N0} |\n")
            .Append(CultureInfo.InvariantCulture, $"| records that failed | {task.Failures:N0} |\n")
            .Append(CultureInfo.InvariantCulture, $"| exact duplicates | {profile.Duplicates:N0} |\n")
            .Append(CultureInfo.InvariantCulture, $"| calls | {task.Calls:N0} |\n");
        if (task.Rejected is { Total: > 0 } rejected)
        {
            card.Append(
                CultureInfo.InvariantCulture,
                $"| answers rejected | {rejected.Total:N0}: {rejected.Invalid:N0} not valid, {rejected.Rule:N0} against a rule, {rejected.Duplicate:N0} repeated, {rejected.Near:N0} nearly repeated |\n"
            );
        }

        card.Append(
            CultureInfo.InvariantCulture,
            $"| tokens | {task.Spent?.Input ?? 0:N0} of prompts, {task.Spent?.Output ?? 0:N0} of answers |\n"
        );
        if (task.HasCost)
        {
            card.Append(CultureInfo.InvariantCulture, $"| cost | {task.Cost:0.00##} |\n");
        }

        card.Append(CultureInfo.InvariantCulture, $"| made | {task.CreatedAt?.ToDateTime():yyyy-MM-dd} |\n\n");
    }

    private static void AddColumns(StringBuilder card, ProfileReply profile)
    {
        card.Append(
            "## Columns\n\n| column | type | filled | different | from – to | most frequent |\n| --- | --- | --- | --- | --- | --- |\n"
        );
        foreach (var column in profile.Columns)
        {
            var share = profile.Total == 0 ? 0 : 100.0 * column.Filled / profile.Total;
            var range = column.HasMean ? $"{column.Min} – {column.Max}" : "";
            var isRepeated = column.Top.Count > 0 && column.Top[0].Count > 1;
            var top = column.Top.Take(MostValues).Select(value => $"{Cell(value.Value)} ({value.Count:N0})");
            card.Append(
                CultureInfo.InvariantCulture,
                $"| {Cell(column.Column.Name)} | {column.Column.Type} | {share:0.#} % | {column.Distinct:N0} | {range} | {(isRepeated ? string.Join(", ", top) : "")} |\n"
            );
        }

        card.Append('\n');
    }

    private static void AddSamplers(StringBuilder card, ProfileReply profile)
    {
        foreach (var sampler in profile.Samplers)
        {
            card.Append(
                CultureInfo.InvariantCulture,
                $"## Drawn values: {Escaped(OneLine(sampler.Name))}\n\n| value | asked for | there |\n| --- | --- | --- |\n"
            );
            foreach (var value in sampler.Values)
            {
                card.Append(
                    CultureInfo.InvariantCulture,
                    $"| {Cell(value.Value)} | {value.Asked:N0} | {value.Got:N0} |\n"
                );
            }

            card.Append('\n');
        }
    }

    private static async Task<(string Hash, long Bytes)> HashAsync(
        string id,
        string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        var request = new ExportTaskRequest
        {
            Id = id,
            Owner = owner ?? "",
            Format = ExportFormat.Jsonl,
            Partial = true,
        };
        using var call = tasks.Export(request, cancellationToken: cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            if (call.ResponseStream.Current.PartCase is ExportChunk.PartOneofCase.Data)
            {
                hash.AppendData(call.ResponseStream.Current.Data.Span);
                bytes += call.ResponseStream.Current.Data.Length;
            }
        }

        return (Convert.ToHexStringLower(hash.GetCurrentHash()), bytes);
    }

    private static string FeatureType(string type) =>
        type switch
        {
            "integer" => "int64",
            "number" => "float64",
            "boolean" => "bool",
            _ => "string",
        };

    // Every JSON string is also a YAML string.
    private static string Yaml(string text) => JsonSerializer.Serialize(text);

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Cell(string text)
    {
        var line = OneLine(text);
        var cut = line.Length > 60 ? $"{line[..(char.IsHighSurrogate(line[59]) ? 59 : 60)]}…" : line;
        return Escaped(cut);
    }

    // Characters that Markdown or HTML would interpret are escaped.
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '\\' or '`' or '*' or '_' or '[' or ']' or '!' or '#' or '|' or '~' => escaped
                    .Append('\\')
                    .Append(character),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    private static string Indented(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, IndentedJson.Default.JsonElement);
    }

    // The fence is longer than any fence in the text.
    private static string Fenced(string text, string language)
    {
        var fence = "```";
        while (text.Contains(fence, StringComparison.Ordinal))
        {
            fence += "`";
        }

        return $"{fence}{language}\n{text.TrimEnd()}\n{fence}\n";
    }
}
