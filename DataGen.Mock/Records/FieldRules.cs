using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records;

/// <summary>What the words of a field's name mean. The first rule that matches counts, so the special stand before the general.</summary>
internal static class FieldRules
{
    private const int RememberedNames = 4096;
    private static readonly FieldRule[] All = [.. Identifiers(), .. Contacts(), .. Topical(), .. People(), .. Money(), .. Times(), .. Measures(), .. Kinds(), .. Flags(), .. Texts()];

    /// <summary>The rule for a field's words, or null.</summary>
    public static FieldRule? Find(string words) => Array.Find(All, rule => rule.Pattern.IsMatch(words));

    /// <summary>Remembers which rule belongs to which words; it forgets everything when too many were asked for.</summary>
    internal sealed class Memory
    {
        private readonly ConcurrentDictionary<string, FieldRule?> _known = new(StringComparer.Ordinal);

        public FieldRule? Find(string words)
        {
            if (_known.TryGetValue(words, out var rule)) return rule;
            if (_known.Count >= RememberedNames) _known.Clear();
            return _known[words] = FieldRules.Find(words);
        }
    }

    private static IEnumerable<FieldRule> Identifiers() =>
    [
        Text("uuid|guid", (_, r) => Uuid(r)),
        Text("isbn", (_, r) => Isbn(r)),
        Text("iban", (_, r) => r.Faker.Finance.Iban()),
        Text("bic|swift", (_, r) => r.Faker.Finance.Bic()),
        Text("(credit |debit )?card (number|no)|^credit card$", (_, r) => r.Faker.Finance.CreditCardNumber().Replace("-", " ", StringComparison.Ordinal)),
        Text("cvv|cvc", (_, r) => r.Draw.Fill("###")),
        Text("ipv6", (_, r) => r.Faker.Internet.Ipv6()),
        Text("ip address|^ip$|ipv4|^(client|source|server|remote) ip$", (_, r) => r.Faker.Internet.Ip()),
        Text("mac address|^mac$", (_, r) => r.Faker.Internet.Mac()),
        Text("imei|ean|barcode|upc|gtin", (_, r) => r.Draw.Fill("40########123")),
        Text("^vin$|vehicle identification", (_, r) => r.Faker.Vehicle.Vin()),
        Text("licen[cs]e plate|number plate|plate number|registration (number|plate)", (_, r) => r.Draw.Fill("?? ## ???")),
        Text("sku|(product|article|item|part|model) (code|number|no)$", (_, r) => r.Draw.Fill("???-####")),
        Text("flight (number|no|code)|^flight$", (_, r) => r.Draw.Fill("?? ####")),
        Text("passport|social security|tax (id|number)|national id|vat (id|number)", (_, r) => r.Draw.Fill("??#######")),
        Text("(account|customer|member|client|policy|insurance) (number|no)$", (_, r) => r.Draw.Fill("##########")),
        Text("(room|gate|seat|table|platform) (number|no)$", (_, r) => r.Draw.Fill("1##")),
        Text("house number|street number", (_, r) => r.Draw.Whole(1, 240).ToString(CultureInfo.InvariantCulture)),
        new(Words("^(row |record |numeric )?(index|sequence|sequence number)$"), FieldType.Whole, (f, r) => Number(f, r, 1, 100_000, 0)),
        Text("(id|identifier|key|ref|reference|code|number|no|hash|token|serial)$(?<!(phone|telephone|mobile|fax|post|postal|zip|country|area|currency|language|dial|error|status|lot|page|promo) (number|no|code))(?<!^number)", Identifier),
        Text("^(promo|coupon|discount|voucher) code", (_, r) => r.Draw.Pick(Phrases.CouponWords) + r.Draw.Fill("##")),
    ];

    private static IEnumerable<FieldRule> Contacts() =>
    [
        Text("email|^mail( address)?$", (f, r) => $"{r.MailName()}@{f.Domain ?? r.Draw.Pick(Phrases.MailDomains)}"),
        Text("phone|mobile|telephone|^cell|^fax|^tel$|whatsapp", (_, r) => $"{r.Place.Dial} {r.Draw.Fill(r.Place.Phone)}"),
        Text("user ?name|login( name)?$|handle|nick ?name|screen name", (f, r) => r.MailName().Replace('.', r.Draw.Chance(0.5) ? '_' : '-')),
        Text("password|passphrase", (_, r) => r.Draw.Fill("??##-?##?-#??#")),
        Text("(image|photo|picture|avatar|thumbnail|logo|icon)( url| link| uri)?$", (f, r) => $"https://{f.Domain ?? "images.example.com"}/{r.Draw.Fill("####").ToLowerInvariant()}-{r.Draw.Fill("####")}.jpg"),
        Text("domain|host ?name", (f, r) => f.Domain ?? $"{RecordContext.Plain(r.LastName)}.example"),
        Text("url|website|web site|home ?page|link|uri", (f, r) => $"https://{f.Domain ?? "www.example.com"}/{Slug(r)}"),
        Text("slug", (_, r) => Slug(r)),
        Text("user agent", (_, r) => r.Faker.Internet.UserAgent()),
        Pick("browser", "Firefox", "Chrome", "Safari", "Edge"),
        Pick("operating system|^os$|platform", "Windows 11", "macOS 15", "Ubuntu 24.04", "Android 15", "iOS 18"),
        Text("postal code|post ?code|zip|zip code", (_, r) => r.Draw.Fill(r.Place.PostalCode)),
        Text("country code|^iso country", (_, r) => r.Place.Code),
        Text("country|nation$", (_, r) => r.Place.Country),
        Text("^nationality", (_, r) => r.Place.Country),
        Text("city|town|municipality|birth ?place|place of birth|^(departure|arrival|destination|origin)( city)?$", (f, r) => f.Words.StartsWith("arrival", StringComparison.Ordinal) || f.Words.StartsWith("destination", StringComparison.Ordinal) ? r.Draw.Pick(Places.All).City : r.Place.City),
        Text("^(state|region|province|county|federal state)$|state or province", (_, r) => r.Place.Region),
        Text("^street( name| address| and number| line)?|address line|line 1", (_, r) => Street(r)),
        Text("address|^residence$", (_, r) => $"{Street(r)}, {r.Draw.Fill(r.Place.PostalCode)} {r.Place.City}, {r.Place.Country}"),
        new(Words("latitude|^lat$"), FieldType.Number, (f, r) => f.Min is null ? Math.Round(r.Place.Latitude + r.Draw.Real(-0.08, 0.08), 5) : Number(f, r, -90, 90, 5)),
        new(Words("longitude|^lon$|^lng$|^long$"), FieldType.Number, (f, r) => f.Min is null ? Math.Round(r.Place.Longitude + r.Draw.Real(-0.08, 0.08), 5) : Number(f, r, -180, 180, 5)),
        Text("coordinates|geo ?location|gps", (_, r) => string.Create(CultureInfo.InvariantCulture, $"{r.Place.Latitude + r.Draw.Real(-0.08, 0.08):F5}, {r.Place.Longitude + r.Draw.Real(-0.08, 0.08):F5}")),
        Text("time ?zone", (_, r) => r.Place.TimeZone),
    ];

    /// <summary>Words that mean something else in each topic.</summary>
    private static IEnumerable<FieldRule> Topical() =>
    [
        Text("^(location|site|place|room|zone|installation( place)?|position)$", (_, r) => r.Topic is Topic.Sensor ? r.Draw.Pick(Phrases.Rooms) : $"{r.Place.City}, {r.Place.Country}"),
        Text("(job |position |role )title|^position|^role$|occupation|profession|^job$|(job|role) name", (_, r) => r.Topic is Topic.Job or Topic.Employee ? r.Story.Title : r.Faker.Name.JobTitle()),
        List("skills?|requirements|qualifications|competenc|tech(nology)? stack", (_, r) => r.Topic is Topic.Job or Topic.Employee ? [.. r.Story.Details] : [.. r.Draw.Pick(Stories.Job).Details]),
        List("responsibilities|duties", (_, r) => ["Plan and deliver the team's goals", "Work with colleagues across departments", "Document decisions and results", "Improve processes step by step"]),
        List("benefits|perks", (_, _) => [.. Phrases.Benefits]),
        List("amenities|facilities", (_, _) => [.. Phrases.Amenities]),
        Pick("employment type|contract type|employment status|^contract$|working hours|work ?type", "full-time", "part-time", "fixed-term", "freelance", "internship"),
        Pick("seniority|experience level|career level", "junior", "mid-level", "senior", "lead"),
        Pick("remote (policy|option|work|type)|work mode|workplace( type)?|work model", "on-site", "hybrid", "remote"),
        Text("department|team|division|business unit", (_, r) => r.Topic is Topic.Job or Topic.Employee ? r.Story.Category : r.Draw.Pick(Phrases.Departments)),
        Text("industry|sector|branch", (_, r) => r.Draw.Pick(Phrases.Industries)),
        Text("education|degree|qualification", (_, r) => r.Draw.Pick(Phrases.Degrees)),
        Text("university|school|college|institution", (_, r) => r.Draw.Pick(Phrases.Universities)),
        Text("specialt?y|speciali[sz]ation|medical field", (_, r) => Medical(r).Category),
        Text("doctor|physician|dentist|surgeon|practitioner|therapist", (_, r) => $"Dr. {r.Faker.Name.FirstName()} {r.Faker.Name.LastName()}"),
        List("symptoms?", (_, r) => [.. string.Join(',', Medical(r).Details).Split('|')[0].Split(',')]),
        Text("medication|medicine|prescription|drug", (_, r) => Medical(r).Details[^1].Split('|')[^1]),
        Text("diagnos|(appointment |visit )?reason|purpose|complaint$|condition$", (_, r) => r.Topic is Topic.Medical or Topic.General ? Medical(r).Title : r.Story.Title),
        Pick("dos(e|age)", "once daily", "twice daily", "three times a day", "as needed"),
        Pick("appointment type|visit type|consultation type", "first visit", "follow-up", "check-up", "emergency", "video consultation"),
        Text("allerg", (_, r) => r.Draw.Pick(Phrases.Allergies)),
        Text("insur(er|ance)( company| provider)?$", (_, r) => r.Draw.Pick(Phrases.Insurers)),
        Pick("blood (type|group)", "A+", "A-", "B+", "B-", "AB+", "AB-", "0+", "0-"),
        Text("blood pressure", (_, r) => string.Create(CultureInfo.InvariantCulture, $"{r.Draw.Whole(105, 150)}/{r.Draw.Whole(65, 95)}")),
        Whole("heart rate|pulse|bpm", 55, 110),
        Pick("(sensor|device|measurement|metric) (type|kind)|^metric$|^measurand$", "temperature", "humidity", "pressure", "co2", "motion", "light"),
        Pick("^unit( of measure(ment)?)?$", "°C", "%", "hPa", "ppm", "V", "lux"),
        Text("firmware|software version|app version|^version$", (_, r) => r.Draw.Pick(Phrases.Firmware)),
        List("ingredients", (_, r) => [.. (r.Topic is Topic.Recipe ? r.Story : r.Draw.Pick(Stories.Recipe)).Details]),
        List("(preparation |cooking )?(steps|instructions|directions)", (_, _) => ["Wash and chop the vegetables", "Fry the onion until soft", "Add everything else and season", "Simmer for 20 minutes", "Serve hot"]),
        Text("cuisine", (_, r) => (r.Topic is Topic.Recipe ? r.Story : r.Draw.Pick(Stories.Recipe)).Category),
        Text("dish|recipe (name|title)|^recipe$|meal", (_, r) => (r.Topic is Topic.Recipe ? r.Story : r.Draw.Pick(Stories.Recipe)).Title),
        Pick("difficulty|level$", "easy", "medium", "hard"),
        Text("genre", (_, r) => r.Draw.Pick(r.Topic switch { Topic.Movie => Phrases.MovieGenres, Topic.Music => Phrases.MusicGenres, _ => Phrases.Genres })),
        Text("publisher|label$", (_, r) => r.Draw.Pick(Phrases.Publishers)),
        Text("book|novel|film|movie|song|album|track|show", (_, r) => r.WorkTitle),
        Text("airline|carrier", (_, r) => r.Draw.Pick(Phrases.Airlines)),
        Text("airport", (_, r) => r.Draw.Pick(Phrases.Airports)),
        Text("hotel", (_, r) => r.Draw.Pick(Phrases.Hotels)),
        Text("restaurant", (_, r) => r.Draw.Pick(Phrases.Restaurants)),
        Text("merchant|payee|counterpart(y)?|recipient|beneficiary|vendor|retailer|^(store|shop)( name)?$", (_, r) => r.Topic is Topic.Banking ? r.Story.Title : r.Faker.Company.CompanyName()),
        Text("company|employer|organi[sz]ation|business name|supplier|manufacturer|^client$|brand owner|startup", (_, r) => r.Faker.Company.CompanyName()),
        Text("brand|^make$|car make", (_, r) => r.Topic is Topic.Vehicle ? r.Faker.Vehicle.Manufacturer() : r.Draw.Pick(Phrases.Brands)),
        Text("^(car |vehicle )?model$", (_, r) => r.Topic is Topic.Vehicle ? r.Faker.Vehicle.Model() : r.Draw.Fill("??-###")),
        Pick("fuel( type)?", "petrol", "diesel", "electric", "hybrid"),
        Pick("transmission|gearbox", "manual", "automatic"),
        Text("course|lecture|class name|^class$|workshop|subject name", (_, r) => r.Draw.Pick(Stories.Course).Title),
        Text("event (name|title)|^event$|conference", (_, r) => r.Draw.Pick(Stories.Event).Title),
        Text("product|^item( name)?$|^article$|purchased item|gadget", (_, r) => r.Topic is Topic.Product ? r.Story.Title : r.Draw.Pick(Stories.Product).Title),
        List("tags?$|keywords?|hashtags?|labels$|topics$", (_, r) => r.Story.Details.Length > 1 ? [.. r.Story.Details] : [.. r.Draw.Pick(Stories.Product).Details]),
    ];

    private static IEnumerable<FieldRule> People() =>
    [
        Text("first name|given name|forename|christian name", (_, r) => r.FirstName),
        Text("last name|surname|family name", (_, r) => r.LastName),
        Text("middle name", (_, r) => r.Faker.Name.FirstName()),
        Pick("salutation|^honorific|^prefix$", "Ms", "Mr", "Mx", "Dr"),
        Text("(author|artist|director|composer|singer|manager|agent|assignee|assigned to|reviewer|organi[sz]er|speaker|teacher|instructor|host|seller|buyer|contact|owner|emergency contact|guardian|sender|receiver|technician|recruiter|supervisor|writer|chef|driver|landlord|tenant)( name| full name)?$", Person),
        Text("(customer|user|person|patient|employee|student|client|member|guest|passenger|candidate|applicant|subscriber|visitor|holder|full|contact|display|player|nurse)s? (full )?name|^(customer|user|patient|employee|student|member|guest|passenger|candidate|applicant|subscriber|person)$|full name", (_, r) => $"{r.FirstName} {r.LastName}"),
        Text("^name( of (the )?(person|customer|patient|user|employee))?$", Name),
        new(Words("^gender|^sex$"), FieldType.Text, (_, r) => r.Draw.Chance(0.04) ? "non-binary" : r.IsFemale ? "female" : "male"),
        Text("pronouns", (_, r) => r.IsFemale ? "she/her" : "he/him"),
        new(Words("^age\\b|age$|years old"), FieldType.Whole, (f, r) => Number(f, r, 18, 85, 0)),
        Pick("marital|civil status|family status", "single", "married", "divorced", "widowed", "in a relationship"),
        List("hobb(y|ies)|interests?$", (_, _) => [.. Phrases.Hobbies]),
        List("languages", (_, _) => [.. Phrases.Languages]),
        Text("language|mother tongue|locale", (_, r) => r.Draw.Pick(Phrases.Languages)),
    ];

    private static IEnumerable<FieldRule> Money() =>
    [
        Text("currency", (_, r) => r.Topic is Topic.Banking or Topic.Job ? r.Place.Currency : r.Draw.Pick(Phrases.Currencies)),
        Pick("payment (method|type)|paid (by|with)|means of payment", "credit card", "debit card", "PayPal", "bank transfer", "cash", "invoice"),
        Whole("salary|income|wage|compensation|earnings|^pay$", 28_000, 140_000, 500),
        Real("discount|tax rate|vat|interest( rate)?|percent|percentage|rate$|ratio|share|margin", 0, 50, 1),
        new(Words("balance"), FieldType.Number, (f, r) => Number(f, r, 12, 18_500, 2)),
        new(Words("amount|^transaction value|^value of"), FieldType.Number, (f, r) => Number(f, r, 1.5, r.Topic is Topic.Banking ? 950 : 420, 2)),
        new(Words("price|cost|fee|fare|total|subtotal|revenue|tip|deposit|charge|rent$|budget|spent|spend|turnover|refund"), FieldType.Number, (f, r) => Price(f, r)),
        Whole("credit score", 480, 850),
        Whole("loyalty|points|reward|bonus", 0, 5000, 10),
    ];

    private static IEnumerable<FieldRule> Times() =>
    [
        new(Words("birth ?(date|day)|date of birth|^dob$|^born( on)?$"), FieldType.Date, (f, r) => Day(f, r, -85 * 365, -18 * 365)),
        Pick("day of (the )?week|weekday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        Pick("^month( name)?$", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
        new(Words("^year|year$|^published$"), FieldType.Whole, (f, r) => Number(f, r, 1985, r.Now.Year, 0)),
        new(Words("time ?stamp|date ?time|date and time|(created|updated|modified|closed|resolved|opened|sent|received|recorded|measured|posted|published|placed|logged|registered|submitted|reported|scheduled|started|ended|last seen|last login)( at)?$|^at$|(start|end|check in|check out|arrival|departure|appointment|event|visit) time"), FieldType.Moment, Moment),
        new(Words("^(appointment|visit|booking|reservation|departure|arrival|check in|check out|start|event|delivery|due|end|closing|application|expiry|expiration|return|next|travel|flight|deadline)\\b.*(date|day|deadline)$|^deadline$|expires|expiry|valid until|due$"), FieldType.Date, (f, r) => Day(f, r, 1, 120)),
        new(Words("\\bdate\\b|^day$|^when$|(signed|joined|hired|since|registered|member) (on|up|since)|^since$|^(joined|hired)$"), FieldType.Date, (f, r) => Day(f, r, -720, -1)),
        Text("^(start |end |opening |closing )?time( slot| of day)?$|^hour$|slot$", (_, r) => string.Create(CultureInfo.InvariantCulture, $"{r.Draw.Whole(8, 18):D2}:{r.Draw.Whole(0, 3) * 15:D2}")),
        Whole("(duration|length|runtime|running time|preparation|cooking|prep time|cook time|minutes|response time|resolution time|waiting time)", 5, 120, 5),
    ];

    private static IEnumerable<FieldRule> Measures() =>
    [
        new(Words("^(star )?rating|rating$|^stars?\\b|satisfaction|^score$|^grade$"), FieldType.Whole, (f, r) => Rating(f, r)),
        Whole("nps|score|severity score|confidence score", 0, 100),
        Real("temperature|^temp$", -8, 34, 1),
        Real("humidity", 22, 92, 1),
        Real("pressure", 985, 1036, 1),
        Real("voltage", 2.9, 4.2, 2),
        Whole("battery", 4, 100),
        Whole("co2|carbon dioxide", 400, 1600),
        Whole("signal|rssi", -98, -42),
        Whole("light|lux|illuminance|brightness", 0, 1200),
        Real("noise|decibel|sound level", 28, 92, 1),
        Real("power|consumption|current|energy|kwh|watt", 0.2, 480, 2),
        Real("speed|velocity|wind", 0, 130, 1),
        Real("weight|mass|\\bkg\\b", 0.2, 95, 1),
        Whole("^(body )?height|height( cm)?$", 150, 200),
        Real("distance|mileage|width|depth|diameter|^length$", 0.5, 240, 1),
        Real("area|surface|square (meters|metres|feet)|\\bsqm\\b|size sqm|living space", 28, 220, 1),
        Whole("calories|kcal", 120, 950, 5),
        Whole("pages|page count", 96, 720),
        Whole("servings|portions|guests|party size|persons|people|passengers|participants|attendees|capacity|bedrooms|bathrooms|rooms|children|adults", 1, 8),
        Whole("experience", 0, 20),
        Whole("followers|likes|views|shares|retweets|downloads|clicks|impressions|subscribers", 0, 12_000),
        Whole("mileage|kilomet(er|re)s|odometer", 500, 180_000, 100),
        Whole("quantity|qty|units|stock|count$|^number of|^no of|^num |amount of|visits|orders|purchases|logins|attempts|copies|votes|employees|replies|tickets$|nights|items$|purchase count", 1, 60),
        Text("^size$|clothing size", (_, r) => r.Draw.Pick(Phrases.Sizes)),
        Text("colou?r", (_, r) => r.Draw.Pick(Phrases.Colours)),
        Text("material|fabric", (_, r) => r.Draw.Pick(Phrases.Materials)),
    ];

    private static IEnumerable<FieldRule> Kinds() =>
    [
        Pick("priority|severity|urgency|^importance|^impact", "low", "medium", "high", "urgent"),
        Text("^(\\w+ )?(status|state)$|^stage$|outcome", Status),
        Pick("sentiment|mood|tone", "positive", "neutral", "negative"),
        Pick("channel|contact method|source|medium|origin", "email", "phone", "chat", "web form", "social media"),
        Pick("transaction type|type of transaction", "card payment", "direct debit", "bank transfer", "standing order", "cash withdrawal"),
        Pick("account type", "checking", "savings", "business", "joint"),
        Pick("(membership|subscription|customer|loyalty) (tier|level|plan|type|segment|status)|^tier$|^plan$|^segment$", "free", "basic", "premium", "business"),
        Pick("property type|housing type", "apartment", "house", "studio", "loft", "townhouse"),
        Pick("(ticket|issue|request) type", "question", "incident", "problem", "feature request"),
        Pick("weather|conditions?$", "sunny", "cloudy", "rain", "snow", "fog", "windy"),
        Pick("shipping method|delivery method|delivery option", "standard", "express", "pick-up", "same day"),
        Text("category|type|kind|class$|department$|topic|area of", (_, r) => r.Story.Category),
    ];

    private static IEnumerable<FieldRule> Flags() =>
    [
        Flag("^(is|has|was|can|does|did|should|are|had|needs|wants|allows|accepts|contains|includes)\\b", 0.6),
        Flag("subscri|newsletter|opt(ed)? in|consent|^gdpr", 0.55),
        Flag("verified|active|enabled|in stock|available|published|recommend|resolved|paid|approved|confirmed|answered", 0.75),
        Flag("^(remote|urgent|fraud|fraudulent|suspicious|recurring|returned|deleted|blocked|anomaly|alarm|alert|furnished|vegetarian|vegan|spam|smoker|first visit|insured|flagged|featured|gift|escalated|refundable|default|completed|done)\\b|flag$|pets allowed|wheelchair", 0.25),
    ];

    private static IEnumerable<FieldRule> Texts() =>
    [
        Text("^(review )?(headline|review title|title of (the )?review)", (_, r) => Headline(r)),
        Text("title|subject|headline|heading", Title),
        Text("review|feedback|testimonial|opinion|experience text", (f, r) => Sized(f, r, r.Review())),
        Text("pros|advantages", (_, r) => r.Draw.Pick(Phrases.GoodDetails)),
        Text("cons|disadvantages|drawbacks", (_, r) => r.Draw.Pick(Phrases.MixedDetails)),
        Text("question", (_, r) => r.Draw.Pick(Phrases.Questions)),
        Text("answer|solution|resolution|reply|response", (f, r) => Sized(f, r, r.Topic is Topic.Support ? "Thank you for getting in touch. We have checked the case and corrected it; please try again and let us know if anything is still wrong." : r.Draw.Pick(Phrases.Answers))),
        Text("comment|note|remark|memo|usage$|reference text|special requests?", (f, r) => Sized(f, r, r.Subject.Contains("review", StringComparison.Ordinal) ? r.Review() : r.Draw.Pick(Phrases.Comments))),
        Text("bio|biography|about me|about$|self description", (f, r) => Sized(f, r, $"{r.FirstName} lives in {r.Place.City}, works in {r.Draw.Pick(Phrases.Industries).ToLowerInvariant()} and spends free time with {r.Draw.Pick(Phrases.Hobbies)} and {r.Draw.Pick(Phrases.Hobbies)}.")),
        Text("description|text|body|message|content|summary|abstract|details|story|plot|caption|post$|tweet|paragraph|sentence|explanation|complaint|issue|problem|reason|overview|lead|introduction|letter|statement", Describe),
        Text("motto|slogan|tagline|quote", (_, r) => r.Faker.Company.CatchPhrase()),
        Text("name$", Name),
    ];

    private static string Uuid(RecordContext r) =>
        string.Create(CultureInfo.InvariantCulture, $"{r.Draw.Whole(0, 0xFFFFFFFF):x8}-{r.Draw.Whole(0, 0xFFFF):x4}-4{r.Draw.Whole(0, 0xFFF):x3}-{r.Draw.Whole(0x8000, 0xBFFF):x4}-{r.Draw.Whole(0, 0xFFFFFFFFFFFF):x12}");

    private static string Isbn(RecordContext r)
    {
        var digits = $"978{r.Draw.Fill("#########")}";
        var sum = digits.Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return string.Create(CultureInfo.InvariantCulture, $"{digits[..3]}-{digits[3..4]}-{digits[4..8]}-{digits[8..]}-{(10 - (sum % 10)) % 10}");
    }

    /// <summary>An id that begins like what it identifies: <c>TKT-204817</c>, <c>sensor-0413</c>.</summary>
    private static string Identifier(FieldSpec field, RecordContext r)
    {
        var owner = Regex.Replace(field.Words, @"\s*\b(?:id|identifier|key|ref|reference|code|number|no|hash|token|serial|unique|external|internal)\b", "").Trim();
        if (owner.Length == 0) owner = r.Subject.Split(' ')[^1];
        if (owner is "device" or "sensor" or "gateway" or "node" or "meter") return $"{owner}-{r.Draw.Fill("####")}";
        var consonants = new string([.. owner.Split(' ')[^1].Where(letter => char.IsAsciiLetter(letter) && !"aeiou".Contains(letter, StringComparison.Ordinal)).Take(3)]).ToUpperInvariant();
        return $"{(consonants.Length == 0 ? "ID" : consonants)}-{r.Draw.Fill("######")}";
    }

    private static string Slug(RecordContext r) => string.Join('-', r.Story.Title.ToLowerInvariant().Split(' ').Select(RecordContext.Plain).Take(4));

    private static string Street(RecordContext r) => $"{r.Draw.Whole(1, 180).ToString(CultureInfo.InvariantCulture)} {r.Faker.Address.StreetName()}";

    private static Story Medical(RecordContext r) => r.Topic is Topic.Medical ? r.Story : r.Draw.Pick(Stories.Medical);

    private static string Person(FieldSpec field, RecordContext r) =>
        field.Words.Contains(r.Subject, StringComparison.Ordinal) && r.Subject.Length > 0
            ? $"{r.FirstName} {r.LastName}"
            : $"{r.Faker.Name.FirstName()} {r.Faker.Name.LastName()}";

    private static readonly Regex PersonSubject = Words("customer|user|person|people|employee|patient|student|member|client|guest|author|candidate|applicant|subscriber|passenger|teacher|doctor|contact|lead|buyer|seller|tenant|player|character|profile|citizen|donor|volunteer|agent");

    /// <summary>A bare "name": of a person, unless the record is a thing.</summary>
    private static string Name(FieldSpec field, RecordContext r)
    {
        if (PersonSubject.IsMatch(r.Subject) || PersonSubject.IsMatch(field.Words)) return $"{r.FirstName} {r.LastName}";
        return r.Topic switch
        {
            Topic.Product or Topic.Recipe or Topic.Event or Topic.Education => r.Story.Title,
            Topic.Book or Topic.Movie or Topic.Music => r.WorkTitle,
            Topic.Restaurant => r.Draw.Pick(Phrases.Restaurants),
            Topic.Travel => r.Draw.Pick(Phrases.Hotels),
            Topic.Sensor => $"{r.Draw.Pick(Phrases.Rooms)} sensor",
            _ when r.Subject.Contains("compan", StringComparison.Ordinal) => r.Faker.Company.CompanyName(),
            _ => $"{r.FirstName} {r.LastName}",
        };
    }

    private static string Headline(RecordContext r) =>
        r.Draw.Pick(r.Mood switch { >= 0.7 => Phrases.GoodHeadlines, >= 0.4 => Phrases.MixedHeadlines, _ => Phrases.BadHeadlines });

    private static string Title(FieldSpec field, RecordContext r) => r.Topic switch
    {
        _ when r.Subject.Contains("review", StringComparison.Ordinal) => Headline(r),
        Topic.Book or Topic.Movie or Topic.Music => r.WorkTitle,
        Topic.Property => $"{r.Draw.Pick(Phrases.HomeAdjectives)} {r.Draw.Pick(Phrases.Homes)} in {r.Place.City}",
        _ => r.Story.Title,
    };

    private static string Describe(FieldSpec field, RecordContext r)
    {
        var text = r.Subject.Contains("review", StringComparison.Ordinal) ? r.Review() : r.Topic switch
        {
            Topic.Property => $"Located in {r.Place.City}, {r.Draw.Whole(3, 12).ToString(CultureInfo.InvariantCulture)} minutes from the centre, with plenty of light and a fitted kitchen.",
            Topic.Book or Topic.Movie => $"When an old letter turns up, {r.Faker.Name.FirstName()} returns to {r.Draw.Pick(Places.All).City} and has to face a story everybody wanted to forget.",
            _ => r.Story.Text,
        };
        return Sized(field, r, text);
    }

    /// <summary>A text of about the length that was asked for.</summary>
    private static string Sized(FieldSpec field, RecordContext r, string text)
    {
        if (field.MinWords is null && field.MaxWords is null) return text;
        var most = field.MaxWords ?? Math.Max(field.MinWords!.Value * 2, 10);
        var words = Descriptions.Words.Count(text);
        if (words < (field.MinWords ?? 0)) text = $"{text} {r.Prose(field.MinWords!.Value - words, most - words)}";
        return RecordContext.Shorten(text, most);
    }

    private static string Status(FieldSpec field, RecordContext r) => r.Draw.Pick<string>(r.Topic switch
    {
        Topic.Support => ["open", "in progress", "waiting for customer", "resolved", "closed"],
        Topic.Medical => ["scheduled", "confirmed", "completed", "cancelled", "no-show"],
        Topic.Banking => ["booked", "pending", "declined", "refunded"],
        Topic.Sensor => ["ok", "ok", "ok", "warning", "error", "offline"],
        Topic.Job => ["open", "interviewing", "filled", "on hold"],
        Topic.Travel or Topic.Event => ["confirmed", "pending", "cancelled"],
        Topic.Product => field.Words.Contains("order", StringComparison.Ordinal) || r.Subject.Contains("order", StringComparison.Ordinal) ? ["processing", "shipped", "delivered", "returned", "cancelled"] : ["active", "discontinued", "sold out"],
        _ => ["active", "inactive", "pending"],
    });

    /// <summary>A whole number unless decimals were asked for.</summary>
    private static double Rating(FieldSpec field, RecordContext r)
    {
        var isScore = field.Words.Contains("score", StringComparison.Ordinal);
        var decimals = field.Type is FieldType.Number ? Math.Max(1, field.Decimals) : field.Decimals;
        return r.Rate(field.Min ?? (isScore ? 0 : 1), field.Max ?? (isScore ? 100 : 5), decimals);
    }

    private static object Price(FieldSpec field, RecordContext r)
    {
        if (field.Min is not null || field.Max is not null) return Number(field, r, 1, 500, 2);
        var (low, high) = r.Topic switch
        {
            Topic.Property => (450d, 2600d),
            Topic.Vehicle => (3500d, 62_000d),
            Topic.Travel => (39d, 890d),
            Topic.Book or Topic.Restaurant => (6d, 45d),
            _ => (4d, 260d),
        };
        // Prices crowd at the lower end, and most end in .99.
        var price = low + (Math.Pow(r.Draw.Share(), 2) * (high - low));
        return r.Topic is Topic.Property or Topic.Vehicle ? Math.Round(price / 10) * 10 : r.Draw.Chance(0.6) ? Math.Floor(price) + 0.99 : Math.Round(price, 2);
    }

    /// <summary>A date as ISO 8601, within the field's own bounds or so many days from now.</summary>
    private static string Day(FieldSpec field, RecordContext r, int fromDays, int toDays)
    {
        if (field.From is { } from)
        {
            return from.AddDays((int)r.Draw.Whole(0, field.To!.Value.DayNumber - from.DayNumber)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return r.Moment(fromDays, toDays, IsLater(field)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static string Moment(FieldSpec field, RecordContext r)
    {
        DateTimeOffset moment;
        if (field.From is { } from)
        {
            moment = new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddSeconds(r.Draw.Whole(0, ((field.To!.Value.DayNumber - from.DayNumber) * 86_400L) + 86_399));
        }
        else
        {
            var ahead = Regex.IsMatch(field.Words, "appointment|scheduled|check in|check out|event|departure|arrival|visit");
            moment = ahead ? r.Moment(1, 90, IsLater(field)) : r.Moment(-365, 0, IsLater(field));
        }

        return moment.ToString(field.Type is FieldType.Date ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private static bool IsLater(FieldSpec field) => Regex.IsMatch(field.Words, "^(end|due|closed|resolved|updated|modified|check out|arrival|return|expir|last|delivery)");

    /// <summary>A number within the field's own bounds, else within the usual ones.</summary>
    public static object Number(FieldSpec field, RecordContext r, double low, double high, int decimals, double step = 1)
    {
        var min = field.Min ?? Math.Min(low, field.Max ?? low);
        var max = field.Max ?? Math.Max(high, min + (high - low));
        var digits = field.Type switch
        {
            FieldType.Whole => 0,
            FieldType.Number => Math.Max(field.Decimals, Math.Max(decimals, 1)),
            _ when field.Min is not null || field.Max is not null => Math.Max(decimals, field.Decimals),
            _ => decimals,
        };
        if (digits > 0) return Math.Clamp(Math.Round(r.Draw.Real(min, max), digits), min, max);
        var from = (long)Math.Ceiling(min);
        var to = Math.Max(from, (long)Math.Floor(max));
        var value = r.Draw.Whole(from, to);
        var rounded = (long)(Math.Round(value / step) * step);
        return step > 1 && rounded >= from && rounded <= to ? rounded : value;
    }

    private static Regex Words(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>Whole words, unless the pattern anchors itself.</summary>
    private static Regex Named(string pattern) => Words($@"\b(?:{pattern})");

    private static FieldRule Text(string pattern, Func<FieldSpec, RecordContext, string> make) => new(Named(pattern), FieldType.Text, make);

    private static FieldRule Pick(string pattern, params string[] values) => new(Named(pattern), FieldType.Text, (_, r) => r.Draw.Pick(values));

    private static FieldRule Flag(string pattern, double share) => new(Named(pattern), FieldType.Flag, (_, r) => r.Draw.Chance(share));

    private static FieldRule Whole(string pattern, double low, double high, double step = 1) => new(Named(pattern), FieldType.Whole, (f, r) => Number(f, r, low, high, 0, step));

    private static FieldRule Real(string pattern, double low, double high, int decimals) => new(Named(pattern), FieldType.Number, (f, r) => Number(f, r, low, high, decimals));

    private static FieldRule List(string pattern, Func<FieldSpec, RecordContext, List<string>> make) => new(Named(pattern), FieldType.Text, make) { IsList = true };
}
