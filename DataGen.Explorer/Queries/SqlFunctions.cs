namespace DataGen.Explorer.Queries;

/// <summary>The functions of DuckDB that a query may call. A function is listed only when it reads nothing outside the
/// dataset, changes nothing in the engine, makes no value much longer than its arguments, and takes time in proportion
/// to their length: DuckDB checks neither the deadline nor its memory limit while it computes one value. Functions that
/// a new version of DuckDB adds are refused until they are listed.</summary>
internal static class SqlFunctions
{
    /// <summary>The functions that may stand in FROM, in place of a table.</summary>
    public static readonly HashSet<string> Tables = Names("unnest json_each json_tree");

    /// <summary>The function that replaces a text by another; allowed only when the other is not longer.</summary>
    public const string Replacing = "replace";

    /// <summary>The operators that match a text with a pattern, each with its wildcard for any text. The pattern has to
    /// be a literal in the query (<see cref="SqlGuard"/>).</summary>
    public static readonly IReadOnlyDictionary<string, char> Matching = new Dictionary<string, char>
    {
        ["~~"] = '%',
        ["!~~"] = '%',
        ["~~*"] = '%',
        ["!~~*"] = '%',
        ["~~~"] = '*',
    };

    /// <summary>All other functions and operators.</summary>
    public static readonly HashSet<string> Values = Names(
        """
        + - * / // % ** ^ & | << >> ~ ! || ^@ -> ->> @ && <@ @>
        abs acos asin atan atan2 bit_count cbrt ceil ceiling cos cot degrees even exp floor fmod gcd greatest isfinite isinf isnan lcm least ln log log10 log2 mod
        nextafter pi pow power radians random round round_even sign signbit sin sqrt tan trunc xor
        array_contains array_extract array_has array_length array_position array_slice cardinality element_at len list_any_value list_avg list_concat list_contains
        list_count list_distinct list_element list_extract list_first list_has list_last list_max list_median list_min list_mode list_position list_reverse list_reverse_sort
        list_slice list_sort list_sum list_unique list_value map map_entries map_extract map_keys map_values  struct_extract struct_pack unnest
        json_array_length json_contains json_exists json_extract json_extract_path json_extract_path_text json_extract_string json_keys json_type json_valid json_value
        alias coalesce hash if ifnull md5 nullif sha256 typeof
        ascii char_length character_length chr concat concat_ws contains   ends_with hamming  instr jaccard 
         lcase left length length_grapheme   lower ltrim mismatches nfc_normalize   ord position
        prefix regexp_extract  regexp_full_match regexp_matches reverse right rtrim split split_part starts_with str_split string_split strip_accents strlen strpos
        substr substring suffix trim ucase unicode upper
        age century current_date current_timestamp date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname dayofmonth dayofweek dayofyear
        decade epoch epoch_ms era get_current_timestamp hour isodow isoyear julian last_day make_date make_time make_timestamp microsecond millisecond minute month monthname now
        quarter second strftime strptime time_bucket timezone to_days to_hours to_microseconds to_milliseconds to_minutes to_months to_seconds to_timestamp to_weeks to_years today
        try_strptime week weekday weekofyear year yearweek
        any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_min arg_min_null argmax argmin array_agg avg bit_and bit_or bit_xor bool_and bool_or
        corr count count_if count_star countif covar_pop covar_samp entropy favg first fsum geometric_mean group_concat histogram kurtosis last list listagg mad max max_by
        mean median min min_by mode product quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope sem skewness stddev stddev_pop
        stddev_samp string_agg sum sum_no_overflow var_pop var_samp variance
        cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank rank_dense row_number
        """
    );

    private static HashSet<string> Names(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
