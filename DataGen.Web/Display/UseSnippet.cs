namespace DataGen.Web.Display;

/// <summary>A short program that reads the records of a task; it runs unchanged when <c>DATAGEN_TOKEN</c> holds a
/// token.</summary>
/// <param name="Id">Its id within the page.</param>
/// <param name="Name">The tool.</param>
/// <param name="Text">The program.</param>
internal sealed record UseSnippet(string Id, string Name, string Text)
{
    /// <summary>The snippets of a task.</summary>
    internal static IReadOnlyList<UseSnippet> Of(TaskSummary task, string origin)
    {
        var export = $"{origin}/api/tasks/{task.Id}/export?format=";
        var parquet = $"{export}parquet{task.Partial}";
        return
        [
            new(
                "use-curl",
                "curl",
                $"""
                curl -f -H "Authorization: Bearer $DATAGEN_TOKEN" -o {task.Id}.csv \
                  "{export}csv{task.Partial}"
                """
            ),
            new(
                "use-python",
                "Python",
                $$"""
                import json, os, urllib.request

                request = urllib.request.Request(
                    "{{export}}jsonl{{task.Partial}}",
                    headers={"Authorization": "Bearer " + os.environ["DATAGEN_TOKEN"]},
                )
                with urllib.request.urlopen(request) as lines:
                    records = [json.loads(line) for line in lines]
                print(len(records), records[0])
                """
            ),
            new(
                "use-pandas",
                "pandas",
                $$"""
                import os, pandas

                data = pandas.read_parquet(
                    "{{parquet}}",
                    storage_options={"Authorization": "Bearer " + os.environ["DATAGEN_TOKEN"]},
                )
                print(data.describe(include="all"))
                """
            ),
            new(
                "use-duckdb",
                "DuckDB",
                $"""
                curl -f -H "Authorization: Bearer $DATAGEN_TOKEN" -o {task.Id}.parquet \
                  "{parquet}"
                duckdb -c "SUMMARIZE FROM '{task.Id}.parquet'"
                """
            ),
        ];
    }
}
