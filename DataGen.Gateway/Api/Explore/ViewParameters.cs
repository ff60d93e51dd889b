using DataGen.Contracts;

namespace DataGen.Gateway.Api.Explore;

/// <summary>The parameters that select records, and their descriptions.</summary>
internal static class ViewParameters
{
    /// <summary>The description of <c>filter</c>.</summary>
    public const string Filter =
        "A condition, for example age>=40, genre=Crime, note~refund, email is:null or address.city=Rome; the parameter several times: all of them. "
        + "Operators are = != < <= > >= ~ (contains, whatever the case) is:null not:null; _index is a column too.";

    /// <summary>The description of <c>q</c>.</summary>
    public const string Text =
        "Only records with this text in one of their columns, whatever its case; at most 200 characters.";

    /// <summary>The description of <c>sort</c>.</summary>
    public const string Sort =
        "Columns to sort by, with - before its name from the largest down: -age,name; or the parameter several times, where a name may hold a comma. Left out: by index.";

    /// <summary>The description of <c>partial</c>.</summary>
    public const string Partial =
        "true: an answer over what has been copied so far, where copying the records takes longer than a second; it has partial then, and asked again it knows of more. "
        + "Left out: an answer over all records, after as long as that takes.";

    /// <summary>Reads the parameters.</summary>
    public static RecordView Read(string id, string? owner, string[]? filter, string? q, string[]? sort, bool? partial)
    {
        var view = new RecordView
        {
            Id = id,
            Owner = owner ?? "",
            Text = q ?? "",
            Partial = partial ?? false,
        };
        view.Filter.AddRange(filter ?? []);
        view.Sort.AddRange(
            sort is [var names]
                ? names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : sort ?? []
        );
        return view;
    }
}
