using DataGen.Contracts;
using DataGen.Explorer.Datasets;

namespace DataGen.Tests.Explorer;

public sealed class QueryTests : ExplorerServiceTest
{
    private static readonly string[] People =
    [
        """{"name":"Ann","age":41,"address":{"city":"Rome"},"ok":true}""",
        """{"name":"Bob","age":7,"address":{"city":"Oslo"}}""",
        """{"name":"Zoë","age":41,"score":0.5}""",
    ];

    public static TheoryData<string> Escapes =>
        [
            // Something else than one SELECT.
            "DROP TABLE stored",
            "DELETE FROM stored",
            "UPDATE stored SET i = 0",
            "INSERT INTO stored VALUES (9, NULL)",
            "CREATE TABLE other AS SELECT 1",
            "CREATE OR REPLACE VIEW records AS SELECT 1",
            "ALTER TABLE stored DROP COLUMN data",
            "TRUNCATE stored",
            "SELECT 1; SELECT 2",
            "SELECT 1; DROP TABLE stored",
            "BEGIN TRANSACTION",
            "COMMIT",
            "PRAGMA database_list",
            "PRAGMA memory_limit='64GB'",
            "SET memory_limit = '64GB'",
            "SET enable_external_access = true",
            "SET lock_configuration = false",
            "RESET ALL",
            "CALL pragma_version()",
            "CHECKPOINT",
            "VACUUM",
            "EXPLAIN ANALYZE SELECT 1",
            "PREPARE p AS SELECT 1",
            "WITH gone AS (DELETE FROM stored RETURNING i) SELECT * FROM gone",
            // Files, other databases, extensions.
            "COPY records TO '/tmp/escaped.csv'",
            "COPY stored FROM '/etc/passwd'",
            "EXPORT DATABASE '/tmp/escaped'",
            "ATTACH '/tmp/other.duckdb' AS other",
            "USE memory",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SELECT * FROM read_csv('/etc/passwd')",
            "SELECT * FROM read_text('/etc/passwd')",
            "SELECT * FROM read_blob('/proc/self/environ')",
            "SELECT * FROM read_json('/etc/hostname')",
            "SELECT * FROM read_parquet('https://example.com/a.parquet')",
            "SELECT * FROM '/etc/passwd'",
            "SELECT * FROM 'https://example.com/a.csv'",
            "SELECT * FROM glob('/*')",
            "SELECT * FROM parquet_metadata('/tmp/a.parquet')",
            "SELECT (SELECT content FROM read_text('/etc/passwd') LIMIT 1)",
            "SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')",
            "SELECT * FROM query_table('stored')",
            "FROM sniff_csv('/etc/passwd')",
            // What the process is and has.
            "SELECT * FROM duckdb_settings()",
            "SELECT * FROM duckdb_databases()",
            "SELECT * FROM duckdb_secrets()",
            "SELECT * FROM pragma_database_list()",
            "SELECT current_setting('temp_directory')",
            "SELECT getenv('DATAGEN_SESSION_SECRET')",
            // What ends the process, or a thread of it for good (DuckDB 1.5).
            "SELECT lag(age, -9223372036854775808) OVER () FROM records",
            "SELECT lead(age, -9223372036854775808) OVER () FROM records",
            "SELECT lag(age, age) OVER () FROM records",
            "SELECT name LIKE '%_a%_a%_a%_a%_a%_a%b' FROM records",
            "SELECT name NOT LIKE '%_a%_a%b' FROM records",
            "SELECT name ILIKE '%a%a%a%b' FROM records",
            "SELECT name GLOB '*a*a*a*b' FROM records",
            "SELECT name LIKE name FROM records",
            "SELECT name LIKE '%\\_a%' ESCAPE '\\' FROM records",
            "SELECT levenshtein(name, name) FROM records",
            "SELECT damerau_levenshtein(name, name) FROM records",
            "SELECT regexp_extract_all(name, 'a*b|a') FROM records",
            $"SELECT s FROM {Nested("(SELECT s||s s FROM ", 15, "(SELECT name s FROM records)", ")")} WHERE s = 'x'",
            $"SELECT s FROM {Nested("(SELECT s||s||s||s||s||s s FROM ", 6, "(SELECT name s FROM records)", ")")} WHERE s = 'x'",
            $"SELECT count(*) FROM {Nested("(SELECT *,* FROM ", 17, "records", ")")}",
            $"SELECT count(*) FROM records{string.Concat(Enumerable.Range(0, 300).Select(at => $" NATURAL JOIN (SELECT 1 x) a{at}"))}",
            $"SELECT {Nested("EXISTS(SELECT ", 150, "1", ")")}",
            $"SELECT _index + _index AS a0{string.Concat(Enumerable.Range(1, 30).Select(at => $", a{at - 1} + a{at - 1} AS a{at}"))} FROM records",
            $"SELECT count(*) FROM {Nested("(SELECT COLUMNS(*)::VARCHAR, COLUMNS(*)::VARCHAR, COLUMNS(*)::VARCHAR, COLUMNS(*)::VARCHAR FROM ", 7, "records", ")")}",
            "WITH a AS (SELECT name||name||name||name||name||name||name s FROM records), b AS (SELECT s||s||s||s||s||s||s s FROM a), c AS (SELECT s||s||s||s||s||s||s s FROM b), d AS (SELECT s||s||s||s||s||s||s s FROM c) SELECT s FROM d",
            // The table below the view, and files, behind a name that stands elsewhere.
            "SELECT * FROM (WITH stored AS (SELECT 1) SELECT 2) q, stored",
            "SELECT * FROM (WITH \"/etc/passwd.csv\" AS (SELECT 1) SELECT 2) q, \"/etc/passwd.csv\"",
            "WITH stored AS (SELECT * FROM stored) SELECT * FROM stored",
            // Much of little.
            "SELECT repeat('x', 4000000000)",
            "SELECT lpad('x', 2000000000, 'y')",
            "SELECT rpad('x', 2000000000, 'y')",
            "SELECT format('{:>2000000000}', 'x')",
            "SELECT printf('%2000000000d', 1)",
            "SELECT range(4000000000)",
            "SELECT list_resize([1], 4000000000)",
            "SELECT count(*) FROM range(4000000000) a, range(4000000000) b",
            $"SELECT length({Nested("replace(", 9, "'aaaaaaaaaa'", ", 'a', 'aaaaaaaaaa')")})",
            $"SELECT length({Nested("hex(", 30, "'aaaaaaaa'", ")")})",
            $"SELECT length({Nested("to_json(", 40, "'\"'", "::VARCHAR)::VARCHAR")})",
            "SELECT replace(name, name, name || name) FROM records",
            "SELECT regexp_replace(name, '.', '\\0\\0\\0\\0', 'g') FROM records",
            "SELECT translate(name, 'a', 'b') FROM records",
            "SELECT array_to_string(string_split(name, ''), name) FROM records",
            "SELECT list_transform([1, 2], lambda x: [1, 2])",
            "SELECT strptime(repeat('x', 10), 'y')",
            // What the engine does, and what it tells about itself.
            "SELECT * FROM enable_logging()",
            "SELECT * FROM enable_logging(level='TRACE', storage='file', storage_config={'path':'/tmp/escaped'})",
            "SELECT * FROM enable_profiling()",
            "SELECT * FROM enable_peg_parser()",
            "SELECT * FROM truncate_duckdb_logs()",
            "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT repeat(''a'', 10)'))",
            "SELECT json_transform('[1]', '[\"INTEGER\"]')",
            "SELECT from_json('[1]', '[\"INTEGER\"]')",
            "SELECT * FROM arrow_scan(1, 2, 3)",
            "SELECT * FROM test_all_types()",
            "SELECT * FROM duckdb_logs",
            "WITH duckdb_logs AS (SELECT 1) SELECT * FROM duckdb_logs",
            "SELECT * FROM sqlite_master",
            "SELECT * FROM information_schema.tables",
            "SELECT * FROM main.stored",
            "SELECT * FROM stored",
            "SHOW DATABASES",
            "SHOW ALL TABLES",
            "SELECT version()",
            "SELECT pg_catalog.current_database()",
            "SELECT * FROM (SELECT * FROM (SELECT * FROM duckdb_views()))",
            "SELECT (SELECT count(*) FROM records WHERE name IN (SELECT content FROM read_text('/etc/passwd')))",
            "SELECT name FROM records ORDER BY (SELECT hex('a'))",
            "SELECT sum(age) FILTER (WHERE hex(name) = 'a') OVER (ORDER BY hex(name)) FROM records",
            "SELECT $1",
            "SELECT ?",
            $"SELECT {Nested("CASE WHEN true THEN ", 400, "1", " END")}",
        ];

    private static string Nested(string begin, int depth, string inside, string end) =>
        string.Concat(Enumerable.Repeat(begin, depth)) + inside + string.Concat(Enumerable.Repeat(end, depth));

    [Fact]
    public async Task A_select_is_answered_in_its_own_order_with_values_as_json_has_them()
    {
        var id = await MakeAsync(People);

        var reply = await QueryAsync(
            id,
            "SELECT name, age, score, ok, address ->> '$.city' AS city, [age, 1] AS list, {'a': name} AS struct, DATE '2026-01-02' AS day, "
                + "TIMESTAMP '2026-01-02 03:04:05' AS moment, 12345678901234567890::HUGEINT AS huge, 1.50::DECIMAL(9, 2) AS money, 'nan'::DOUBLE AS nan "
                + "FROM records ORDER BY age DESC, name DESC"
        );

        Assert.Equal(
            """
            [["Zoë",41,0.5,null,null,[41,1],{"a":"Zoë"},"2026-01-02","2026-01-02 03:04:05",12345678901234567890,1.5,"NaN"],["Ann",41,null,true,"Rome",[41,1],{"a":"Ann"},"2026-01-02","2026-01-02 03:04:05",12345678901234567890,1.5,"NaN"],["Bob",7,null,null,"Oslo",[7,1],{"a":"Bob"},"2026-01-02","2026-01-02 03:04:05",12345678901234567890,1.5,"NaN"]]
            """,
            Json(reply)
        );
        Assert.Equal("name", reply.Columns[0].Name);
        Assert.False(reply.Truncated);
    }

    [Theory]
    [InlineData("FROM records SELECT count(*)", "[[3]]")]
    [InlineData("SELECT count(*) FROM records -- how many", "[[3]]")]
    [InlineData("SELECT _index FROM records WHERE name = 'Bob';", "[[1]]")]
    [InlineData("WITH old AS (SELECT * FROM records WHERE age > 40) SELECT count(*) FROM old", "[[2]]")]
    [InlineData("VALUES (1), (2)", "[[1],[2]]")]
    [InlineData(
        "SELECT replace(name, 'nn', ''), list(score ORDER BY _index) FROM records GROUP BY 1 ORDER BY 1",
        "[[\"A\",[null]],[\"Bob\",[null]],[\"Zoë\",[0.5]]]"
    )]
    [InlineData(
        "SELECT MAP {'a': 1, 'b': NULL}, INTERVAL 400 MONTH, 'infinity'::DATE",
        "[[{\"a\":1,\"b\":null},\"33 years 4 months\",\"infinity\"]]"
    )]
    [InlineData("SELECT name, row_number() OVER (ORDER BY age, name) AS n FROM records QUALIFY n = 2", "[[\"Ann\",2]]")]
    [InlineData(
        "SELECT concat_ws('-', name, age, score, ok, name, age, ok) AS n FROM records WHERE _index = 0 UNION ALL SELECT concat_ws('-', name, age, score, ok, name, age, ok) FROM records WHERE _index = 1 UNION ALL SELECT concat_ws('-', name, age, score, ok, name, age, ok) FROM records WHERE false UNION ALL SELECT concat_ws('-', name, age, score, ok, name, age, ok) FROM records WHERE false",
        "[[\"Ann-41-true-Ann-41-true\"],[\"Bob-7-Bob-7\"]]"
    )]
    [InlineData(
        "SELECT age AS a, a + 1 AS b, b + a AS c FROM records WHERE c > 80 ORDER BY b",
        "[[41,42,83],[41,42,83]]"
    )]
    [InlineData("SELECT lag(age, 1) OVER (ORDER BY _index) FROM records", "[[null],[41],[7]]")]
    [InlineData(
        "SELECT name FROM records WHERE name LIKE '%o%' AND name ILIKE 'b_b%' AND name LIKE '%'",
        "[[\"Bob\"]]"
    )]
    [InlineData("SELECT value ->> '$' FROM records, json_each(address) WHERE _index = 0", "[[\"Rome\"]]")]
    [InlineData("SELECT column_name FROM (DESCRIBE records) WHERE column_name = 'age'", "[[\"age\"]]")]
    [InlineData(
        "SELECT median(age), count(DISTINCT name), string_agg(name, '-' ORDER BY name) FROM records",
        "[[41.0,3,\"Ann-Bob-Zoë\"]]"
    )]
    [InlineData(
        "SELECT date_trunc('month', DATE '2026-05-17')::VARCHAR, strftime(DATE '2026-05-17', '%d.%m.')",
        "[[\"2026-05-01 00:00:00\",\"17.05.\"]]"
    )]
    [InlineData("SELECT 'DROP TABLE stored; read_csv(''x'')'", "[[\"DROP TABLE stored; read_csv('x')\"]]")]
    public async Task Every_form_of_a_select_is_one(string sql, string answer)
    {
        var id = await MakeAsync(People);

        Assert.Equal(answer, Json(await QueryAsync(id, sql)));
    }

    [Fact]
    public async Task Nothing_but_one_select_over_the_dataset_is_answered()
    {
        var id = await MakeAsync(People);

        foreach (var escape in Escapes.Select(row => row.Data))
        {
            var problem = await InvalidAsync("query", () => QueryAsync(id, escape));
            Assert.False(string.IsNullOrWhiteSpace(problem), escape);
        }

        Assert.Equal(3, (await RowsAsync(View(id))).Total);
        Assert.Equal("[[3]]", Json(await QueryAsync(id, "SELECT count(*) FROM records")));
        Assert.False(File.Exists("/tmp/escaped.csv"));
    }

    [Fact]
    public async Task Another_dataset_in_the_same_process_cannot_be_reached()
    {
        var other = await MakeAsync("""{"secret":"of eve"}""");
        await RowsAsync(View(other));
        var id = await MakeAsync(People);
        var file = Directory.GetFiles(Explorer.Service<DatasetFolder>().Path, "*.duckdb").Single();

        await InvalidAsync("query", () => QueryAsync(id, $"ATTACH '{file}' AS other"));
        await InvalidAsync("query", () => QueryAsync(id, $"SELECT * FROM '{file}'"));
        await InvalidAsync("query", () => QueryAsync(id, "SELECT secret FROM records"));
        await InvalidAsync("query", () => QueryAsync(id, "SELECT * FROM \"1\".stored"));
    }

    [Theory]
    [InlineData("WITH RECURSIVE bomb AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM bomb) SELECT max(n) FROM bomb")]
    [InlineData(
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT count(*) FROM n a, n b, n c, n d WHERE a.i + b.i = c.i * d.i"
    )]
    [InlineData(
        "WITH RECURSIVE bomb AS (SELECT 'x' AS s UNION ALL SELECT s || s FROM bomb) SELECT max(length(s)) FROM bomb"
    )]
    public async Task A_query_without_an_end_is_ended_and_the_next_is_answered(string sql)
    {
        await using var hasty = await ExplorerHost.StartAsync(Host.Address, ("DATAGEN_EXPLORER_QUERY_SECONDS", "1"));
        var id = await MakeAsync(People);

        await InvalidAsync("query", () => AskAsync(sql));
        Assert.Equal("[[3]]", Json(await AskAsync("SELECT count(*) FROM records")));

        async Task<QueryReply> AskAsync(string query) =>
            await hasty.Client.QueryAsync(
                new QueryRequest { Id = id, Sql = query },
                Host.As("ada"),
                cancellationToken: Cancelled
            );
    }

    [Fact]
    public async Task A_long_answer_is_cut_and_says_so()
    {
        var id = await MakeAsync(People);

        var two = await QueryAsync(id, "SELECT _index FROM records ORDER BY 1", limit: 2);
        var all = await QueryAsync(id, "SELECT _index FROM records ORDER BY 1", limit: 3);
        var endless = await QueryAsync(
            id,
            "WITH RECURSIVE many AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM many WHERE n < 20000) SELECT n FROM many"
        );

        Assert.Equal(("[[0],[1]]", true), (Json(two), two.Truncated));
        Assert.Equal(("[[0],[1],[2]]", false), (Json(all), all.Truncated));
        Assert.Equal((1000, true), (endless.Rows.Count, endless.Truncated));
    }

    [Fact]
    public async Task A_number_that_a_double_would_cut_keeps_its_digits()
    {
        var id = await MakeAsync("""{"d":123456789.123456789}""", """{"d":1e-400}""", """{"d":"text"}""");

        Assert.Equal(
            """[[123456789.123456789],[1e-400],["text"]]""",
            Json(await QueryAsync(id, "SELECT d FROM records ORDER BY _index"))
        );
    }

    [Fact]
    public async Task What_the_engine_says_of_itself_is_not_told()
    {
        var id = await MakeAsync(People);

        var problem = await InvalidAsync(
            "query",
            () =>
                QueryAsync(
                    id,
                    "SELECT quantile_disc(INTERVAL '1 day', 'ASC', NULL::INT[] ORDER BY _index DESC) FROM records GROUP BY ALL"
                )
        );

        Assert.DoesNotContain("Stack Trace", problem, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("0x", problem, StringComparison.Ordinal);
        Assert.Equal("[[3]]", Json(await QueryAsync(id, "SELECT count(*) FROM records")));
    }

    [Theory]
    [InlineData("SELECT nam FROM records", "\"nam\"")]
    [InlineData("SELECT FROM", "syntax error")]
    [InlineData("SELECT age::DATE FROM records", "cast")]
    [InlineData("PIVOT records ON name", "PIVOT")]
    [InlineData("  ", "One SELECT")]
    public async Task A_mistake_is_told_in_duckdbs_words(string sql, string words)
    {
        var id = await MakeAsync(People);

        Assert.Contains(
            words,
            await InvalidAsync("query", () => QueryAsync(id, sql)),
            StringComparison.OrdinalIgnoreCase
        );
    }
}
