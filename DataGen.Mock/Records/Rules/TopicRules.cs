using System.Globalization;
using DataGen.Mock.Records.Values;
using static DataGen.Mock.Records.Rules.Rule;

namespace DataGen.Mock.Records.Rules;

/// <summary>Words of a trade: jobs, medicine, kitchens, books, travel.</summary>
internal static class TopicRules
{
    public static IEnumerable<FieldRule> All { get; } =
    [
        Text(
            "^(location|site|place|room|zone|installation( place)?|position)$",
            (_, r) => r.Topic is Topic.Sensor ? r.Draw.Pick(Phrases.Rooms) : $"{r.Place.City}, {r.Place.Country}"
        ),
        Text(
            "(job |position |role )title|^position|^role$|occupation|profession|^job$|(job|role) name",
            (_, r) => r.Topic is Topic.Job or Topic.Employee ? r.Story.Title : r.Faker.Name.JobTitle()
        ),
        List(
            "skills?|requirements|qualifications|competenc|tech(nology)? stack",
            (_, r) =>
                r.Topic is Topic.Job or Topic.Employee ? [.. r.Story.Details] : [.. r.Draw.Pick(Stories.Job).Details]
        ),
        List(
            "responsibilities|duties",
            (_, r) =>
                [
                    "Plan and deliver the team's goals",
                    "Work with colleagues across departments",
                    "Document decisions and results",
                    "Improve processes step by step",
                ]
        ),
        List("benefits|perks", (_, _) => [.. Phrases.Benefits]),
        List("amenities|facilities", (_, _) => [.. Phrases.Amenities]),
        Pick(
            "employment type|contract type|employment status|^contract$|working hours|work ?type",
            "full-time",
            "part-time",
            "fixed-term",
            "freelance",
            "internship"
        ),
        Pick("seniority|experience level|career level", "junior", "mid-level", "senior", "lead"),
        Pick("remote (policy|option|work|type)|work mode|workplace( type)?|work model", "on-site", "hybrid", "remote"),
        Text(
            "department|team|division|business unit",
            (_, r) => r.Topic is Topic.Job or Topic.Employee ? r.Story.Category : r.Draw.Pick(Phrases.Departments)
        ),
        Text("industry|sector|branch", (_, r) => r.Draw.Pick(Phrases.Industries)),
        Text("education|degree|qualification", (_, r) => r.Draw.Pick(Phrases.Degrees)),
        Text("university|school|college|institution", (_, r) => r.Draw.Pick(Phrases.Universities)),
        Text("specialt?y|speciali[sz]ation|medical field", (_, r) => Medical(r).Category),
        Text(
            "doctor|physician|dentist|surgeon|practitioner|therapist",
            (_, r) => $"Dr. {r.Faker.Name.FirstName()} {r.Faker.Name.LastName()}"
        ),
        List("symptoms?", (_, r) => [.. string.Join(',', Medical(r).Details).Split('|')[0].Split(',')]),
        Text("medication|medicine|prescription|drug", (_, r) => Medical(r).Details[^1].Split('|')[^1]),
        Text(
            "diagnos|(appointment |visit )?reason|purpose|complaint$|condition$",
            (_, r) => r.Topic is Topic.Medical or Topic.General ? Medical(r).Title : r.Story.Title
        ),
        Pick("dos(e|age)", "once daily", "twice daily", "three times a day", "as needed"),
        Pick(
            "appointment type|visit type|consultation type",
            "first visit",
            "follow-up",
            "check-up",
            "emergency",
            "video consultation"
        ),
        Text("allerg", (_, r) => r.Draw.Pick(Phrases.Allergies)),
        Text("insur(er|ance)( company| provider)?$", (_, r) => r.Draw.Pick(Phrases.Insurers)),
        Pick("blood (type|group)", "A+", "A-", "B+", "B-", "AB+", "AB-", "0+", "0-"),
        Text(
            "blood pressure",
            (_, r) => string.Create(CultureInfo.InvariantCulture, $"{r.Draw.Whole(105, 150)}/{r.Draw.Whole(65, 95)}")
        ),
        Whole("heart rate|pulse|bpm", 55, 110),
        Pick(
            "(sensor|device|measurement|metric) (type|kind)|^metric$|^measurand$",
            "temperature",
            "humidity",
            "pressure",
            "co2",
            "motion",
            "light"
        ),
        Pick("^unit( of measure(ment)?)?$", "°C", "%", "hPa", "ppm", "V", "lux"),
        Text("firmware|software version|app version|^version$", (_, r) => r.Draw.Pick(Phrases.Firmware)),
        List("ingredients", (_, r) => [.. (r.Topic is Topic.Recipe ? r.Story : r.Draw.Pick(Stories.Recipe)).Details]),
        List(
            "(preparation |cooking )?(steps|instructions|directions)",
            (_, _) =>
                [
                    "Wash and chop the vegetables",
                    "Fry the onion until soft",
                    "Add everything else and season",
                    "Simmer for 20 minutes",
                    "Serve hot",
                ]
        ),
        Text("cuisine", (_, r) => (r.Topic is Topic.Recipe ? r.Story : r.Draw.Pick(Stories.Recipe)).Category),
        Text(
            "dish|recipe (name|title)|^recipe$|meal",
            (_, r) => (r.Topic is Topic.Recipe ? r.Story : r.Draw.Pick(Stories.Recipe)).Title
        ),
        Pick("difficulty|level$", "easy", "medium", "hard"),
        Text(
            "genre",
            (_, r) =>
                r.Draw.Pick(
                    r.Topic switch
                    {
                        Topic.Movie => Phrases.MovieGenres,
                        Topic.Music => Phrases.MusicGenres,
                        _ => Phrases.Genres,
                    }
                )
        ),
        Text("actors?\\b|actress|cast$|starring", (_, r) => $"{r.Faker.Name.FirstName()} {r.Faker.Name.LastName()}"),
        Text("publisher|label$", (_, r) => r.Draw.Pick(Phrases.Publishers)),
        Text("(books?|novels?|films?|movies?|songs?|albums?|track|show)( title| name)?$", (_, r) => r.WorkTitle),
        Text("airline|carrier", (_, r) => r.Draw.Pick(Phrases.Airlines)),
        Text("airport", (_, r) => r.Draw.Pick(Phrases.Airports)),
        Text("hotel", (_, r) => r.Draw.Pick(Phrases.Hotels)),
        Text("restaurant", (_, r) => r.Draw.Pick(Phrases.Restaurants)),
        Text(
            "merchant|payee|counterpart(y)?|recipient|beneficiary|vendor|retailer|^(store|shop)( name)?$",
            (_, r) => r.Topic is Topic.Banking ? r.Story.Title : r.Faker.Company.CompanyName()
        ),
        Text(
            "company|employer|organi[sz]ation|business name|supplier|manufacturer|^client$|brand owner|startup",
            (_, r) => r.Faker.Company.CompanyName()
        ),
        Text(
            "brand|^make$|car make",
            (_, r) => r.Topic is Topic.Vehicle ? r.Faker.Vehicle.Manufacturer() : r.Draw.Pick(Phrases.Brands)
        ),
        Text(
            "^(car |vehicle )?model$",
            (_, r) => r.Topic is Topic.Vehicle ? r.Faker.Vehicle.Model() : r.Draw.Fill("??-###")
        ),
        Pick("fuel( type)?", "petrol", "diesel", "electric", "hybrid"),
        Pick("transmission|gearbox", "manual", "automatic"),
        Text("course|lecture|class name|^class$|workshop|subject name", (_, r) => r.Draw.Pick(Stories.Course).Title),
        Text("event (name|title)|^event$|conference", (_, r) => r.Draw.Pick(Stories.Event).Title),
        Text(
            "product|^item( name)?$|^article$|purchased item|gadget",
            (_, r) => r.Topic is Topic.Product ? r.Story.Title : r.Draw.Pick(Stories.Product).Title
        ),
        List(
            "tags?$|keywords?|hashtags?|labels$|topics$",
            (_, r) => r.Story.Details.Length > 1 ? [.. r.Story.Details] : [.. r.Draw.Pick(Stories.Product).Details]
        ),
    ];

    private static Story Medical(RecordContext r) => r.Topic is Topic.Medical ? r.Story : r.Draw.Pick(Stories.Medical);
}
