using System.Globalization;
using System.Text.RegularExpressions;
using DataGen.Mock.Records.Values;
using static DataGen.Mock.Records.Rules.Rule;

namespace DataGen.Mock.Records.Rules;

/// <summary>Dates, times and durations.</summary>
internal static class TimeRules
{
    public static IEnumerable<FieldRule> All { get; } =
    [
        new(
            Named("birth ?(date|day)|date of birth|^dob$|^born( on)?$"),
            FieldType.Date,
            (f, r) => Day(f, r, -85 * 365, -18 * 365)
        ),
        Pick(
            "day of (the )?week|weekday",
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday"
        ),
        Pick(
            "^month( name)?$",
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December"
        ),
        new(Named("^year|year$|^published$"), FieldType.Whole, (f, r) => Number(f, r, 1985, r.Now.Year, 0)),
        new(
            Named(
                "time ?stamp|date ?time|date and time|(created|updated|modified|closed|resolved|opened|sent|received|recorded|measured|posted|published|placed|logged|registered|submitted|reported|scheduled|started|ended|last seen|last login)( at)?$|^at$|(start|end|check in|check out|arrival|departure|appointment|event|visit) time"
            ),
            FieldType.Moment,
            Moment
        ),
        new(
            Named(
                "^(appointment|visit|booking|reservation|departure|arrival|check in|check out|start|event|delivery|due|end|closing|application|expiry|expiration|return|next|travel|flight|deadline)\\b.*(date|day|deadline)$|^deadline$|expires|expiry|valid until|due$"
            ),
            FieldType.Date,
            (f, r) => r.Topic is Topic.Banking ? Day(f, r, -365, 0) : Day(f, r, 1, 120)
        ),
        new(
            Named(
                "\\bdate\\b|^day$|^when$|(signed|joined|hired|since|registered|member) (on|up|since)|^since$|^(joined|hired)$"
            ),
            FieldType.Date,
            (f, r) => Day(f, r, -720, -1)
        ),
        Text(
            "^(start |end |opening |closing )?time( slot| of day)?$|^hour$|slot$",
            (_, r) =>
                string.Create(CultureInfo.InvariantCulture, $"{r.Draw.Whole(8, 18):D2}:{r.Draw.Whole(0, 3) * 15:D2}")
        ),
        Whole(
            "(duration|length|runtime|running time|preparation|cooking|prep time|cook time|minutes|response time|resolution time|waiting time)",
            5,
            120,
            5
        ),
    ];

    /// <summary>A date as ISO 8601, within the field's own bounds or so many days from now.</summary>
    public static string Day(FieldSpec field, RecordContext r, int fromDays, int toDays)
    {
        if (field.From is { } from)
        {
            return from.AddDays((int)r.Draw.Whole(0, field.To!.Value.DayNumber - from.DayNumber))
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return r.Moment(fromDays, toDays, IsLater(field)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    public static string Moment(FieldSpec field, RecordContext r)
    {
        DateTimeOffset moment;
        if (field.From is { } from)
        {
            moment = new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddSeconds(
                r.Draw.Whole(0, ((field.To!.Value.DayNumber - from.DayNumber) * 86_400L) + 86_399)
            );
        }
        else
        {
            var ahead = Regex.IsMatch(
                field.Words,
                "appointment|scheduled|check in|check out|event|departure|arrival|visit"
            );
            moment = ahead ? r.Moment(1, 90, IsLater(field)) : r.Moment(-365, 0, IsLater(field));
        }

        return moment.ToString(
            field.Type is FieldType.Date ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture
        );
    }

    private static bool IsLater(FieldSpec field) =>
        Regex.IsMatch(
            field.Words,
            "^(end|due|closed|resolved|updated|modified|check out|arrival|return|expir|last|delivery)"
        );
}
