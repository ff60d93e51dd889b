namespace DataGen.Mock.Records.Values;

/// <summary>Words and phrases that values are put together from.</summary>
internal static class Phrases
{
    public static string[] Genres { get; } =
    [
        "Mystery",
        "Science Fiction",
        "Fantasy",
        "Historical Fiction",
        "Thriller",
        "Romance",
        "Biography",
        "Poetry",
        "Non-Fiction",
        "Travel",
        "Graphic Novel",
        "Horror",
        "Classics",
        "Self-Help",
        "Popular Science",
    ];

    public static string[] MovieGenres { get; } =
    [
        "Drama",
        "Comedy",
        "Thriller",
        "Science Fiction",
        "Documentary",
        "Animation",
        "Romance",
        "Horror",
        "Adventure",
        "Crime",
    ];

    public static string[] MusicGenres { get; } =
    ["Indie Rock", "Jazz", "Electronic", "Hip-Hop", "Folk", "Classical", "Pop", "Soul", "Metal", "Ambient"];

    public static string[] TitleAdjectives { get; } =
    [
        "Silent",
        "Last",
        "Hidden",
        "Crimson",
        "Forgotten",
        "Paper",
        "Winter",
        "Broken",
        "Glass",
        "Distant",
        "Salt",
        "Golden",
        "Borrowed",
        "Quiet",
        "Second",
        "Hollow",
    ];

    public static string[] TitleNouns { get; } =
    [
        "Harbour",
        "Garden",
        "Letters",
        "Orchard",
        "Lighthouse",
        "River",
        "Cartographer",
        "Winter",
        "Bridge",
        "Archive",
        "Daughter",
        "Clockmaker",
        "Tide",
        "Mountain",
        "Stranger",
        "Season",
    ];

    public static string[] TitleTails { get; } =
    [
        "",
        "",
        "",
        " of Ash",
        " at the End of the World",
        " in the North",
        " and Other Stories",
        " of Lisbon",
        " Without a Name",
    ];

    public static string[] GoodOpeners { get; } =
    [
        "Exactly what I was looking for.",
        "I am really impressed.",
        "Five weeks in and still happy.",
        "Great value for the money.",
        "Bought it for my sister and she loves it.",
        "Better than I expected.",
    ];

    public static string[] GoodDetails { get; } =
    [
        "It feels solid and works just as described.",
        "Setting it up took less than five minutes.",
        "Delivery was quick and the packaging free of plastic.",
        "The quality is well above what I paid for.",
        "I use it nearly every day.",
        "Customer service answered my question within an hour.",
    ];

    public static string[] GoodEndings { get; } =
    [
        "Would buy again.",
        "Highly recommended.",
        "No complaints at all.",
        "A clear recommendation.",
        "I have already ordered a second one.",
    ];

    public static string[] MixedOpeners { get; } =
    ["It is okay.", "Mixed feelings about this one.", "Does the job, more or less.", "Not bad, not great."];

    public static string[] MixedDetails { get; } =
    [
        "The idea is good, but the finish could be better.",
        "It works, though the instructions are hard to follow.",
        "Looks nice, but feels lighter than in the pictures.",
        "Good at first, then small problems appeared.",
    ];

    public static string[] MixedEndings { get; } =
    [
        "For the price it is acceptable.",
        "I would wait for a sale.",
        "I am keeping it for now.",
        "Three stars seem fair.",
    ];

    public static string[] BadOpeners { get; } =
    ["Very disappointing.", "Sadly I have to send it back.", "Not worth the money.", "I expected much more."];

    public static string[] BadDetails { get; } =
    [
        "It broke after four days of normal use.",
        "The item I received does not match the description.",
        "It arrived late, and a part was missing.",
        "Support has not answered for two weeks.",
    ];

    public static string[] BadEndings { get; } =
    ["I would not buy it again.", "Save your money.", "I have asked for a refund.", "Avoid."];

    public static string[] GoodHeadlines { get; } =
    ["Love it", "Great quality", "Exceeded my expectations", "Perfect gift", "Would buy again", "Works flawlessly"];

    public static string[] MixedHeadlines { get; } =
    ["It's okay", "Decent for the price", "Good, with some flaws", "Average"];

    public static string[] BadHeadlines { get; } =
    ["Disappointed", "Stopped working", "Not as described", "Waste of money"];

    public static string[] Comments { get; } =
    [
        "Please call before you come.",
        "Everything went smoothly.",
        "Prefers to be contacted by e-mail.",
        "Follow up next week.",
        "No special requirements.",
        "Asked for a quiet room.",
        "Needs a receipt for the tax office.",
        "Second request this month.",
        "Leave it with the neighbour if nobody is at home.",
        "Interested in the newsletter.",
    ];

    public static string[] Sentences { get; } =
    [
        "The work was finished on time and within the budget.",
        "Several points still have to be clarified with the team.",
        "The results are better than in the previous quarter.",
        "It was agreed to meet again at the beginning of next month.",
        "All documents have been checked and are complete.",
        "A short summary was sent to everyone involved.",
        "The change affects about a third of the customers.",
        "Nobody was hurt and no data was lost.",
        "The next step is a test with a small group.",
        "Costs stayed stable while demand grew.",
    ];

    public static string[] Departments { get; } =
    [
        "Engineering",
        "Sales",
        "Marketing",
        "Finance",
        "Human Resources",
        "Customer Success",
        "Operations",
        "Legal",
        "Procurement",
        "Research",
    ];

    public static string[] Industries { get; } =
    [
        "Software",
        "Healthcare",
        "Retail",
        "Manufacturing",
        "Logistics",
        "Finance",
        "Education",
        "Energy",
        "Hospitality",
        "Construction",
    ];

    public static string[] Hobbies { get; } =
    [
        "hiking",
        "photography",
        "chess",
        "baking",
        "cycling",
        "gardening",
        "painting",
        "climbing",
        "reading",
        "playing the guitar",
        "swimming",
        "board games",
        "birdwatching",
        "pottery",
    ];

    public static string[] Languages { get; } =
    [
        "English",
        "German",
        "French",
        "Spanish",
        "Italian",
        "Portuguese",
        "Dutch",
        "Polish",
        "Romanian",
        "Turkish",
        "Japanese",
        "Hindi",
    ];

    public static string[] Rooms { get; } =
    [
        "Building A, room 101",
        "Building A, server room",
        "Building B, roof",
        "Greenhouse 2",
        "Warehouse, gate 4",
        "Production line 3",
        "Office, 2nd floor",
        "Basement, boiler room",
        "Parking deck",
        "Laboratory 5",
    ];

    public static string[] Colours { get; } =
    ["black", "white", "navy", "forest green", "terracotta", "sand", "grey", "burgundy", "sky blue", "mustard"];

    public static string[] Materials { get; } =
    [
        "cotton",
        "oak",
        "stainless steel",
        "recycled plastic",
        "leather",
        "ceramic",
        "wool",
        "aluminium",
        "bamboo",
        "glass",
    ];

    public static string[] Degrees { get; } =
    ["High school diploma", "Vocational training", "Bachelor's degree", "Master's degree", "Doctorate"];

    public static string[] Universities { get; } =
    [
        "Northgate University",
        "Technical University of Rivermouth",
        "St. Alban College",
        "Harbour City University",
        "Institute of Applied Sciences Lindau",
    ];

    public static string[] Benefits { get; } =
    [
        "30 days of holiday",
        "flexible hours",
        "remote work",
        "training budget",
        "public transport ticket",
        "company pension",
        "bike leasing",
        "childcare allowance",
    ];

    public static string[] Amenities { get; } =
    [
        "wifi",
        "parking",
        "breakfast included",
        "air conditioning",
        "balcony",
        "pool",
        "pets allowed",
        "kitchen",
        "washing machine",
        "lift",
    ];

    public static string[] Airlines { get; } =
    ["Lufthansa", "KLM", "TAP Air Portugal", "SAS", "Iberia", "Finnair", "easyJet", "Delta Air Lines"];

    public static string[] Airports { get; } =
    ["BER", "FRA", "CDG", "LHR", "AMS", "MAD", "LIS", "VIE", "OTP", "CPH", "HEL", "JFK", "ORD", "NRT", "SIN"];

    public static string[] Hotels { get; } =
    [
        "Hotel Seeblick",
        "The Old Mill Inn",
        "Casa Verde",
        "Grand Hotel Central",
        "Harbour View Suites",
        "Pension Alpenrose",
        "Riad Yasmina",
        "The Foxglove",
    ];

    public static string[] Restaurants { get; } =
    [
        "Trattoria Da Luca",
        "The Copper Pot",
        "Sakura House",
        "La Petite Table",
        "Zum Goldenen Hirsch",
        "Mezze & More",
        "El Patio",
        "Spice Route",
    ];

    public static string[] Brands { get; } =
    [
        "Nordvik",
        "Aurelia",
        "Kestrel",
        "Brightwell",
        "Tandem",
        "Maison Lune",
        "Oakfield",
        "Velto",
        "Sanora",
        "Pixelwerk",
    ];

    public static string[] Publishers { get; } =
    ["Lanternfish Press", "Harbour & Sons", "Blue Orchard Books", "Northlight Verlag", "Paper Crane", "Meridian House"];

    public static string[] Questions { get; } =
    [
        "What is the capital of Australia?",
        "How do vaccines work?",
        "Which planet has the most moons?",
        "What is the difference between weather and climate?",
        "How can I save energy at home?",
        "Why is the sky blue?",
        "When should tomatoes be planted?",
        "What does a compiler do?",
    ];

    public static string[] Answers { get; } =
    [
        "Canberra.",
        "They show the immune system a harmless part of a germ, so that it is prepared for the real one.",
        "Saturn, with more than 140 known moons.",
        "Weather is what happens today; climate is its average over decades.",
        "Heat a degree less, insulate windows and switch devices off fully.",
        "Air scatters blue light more strongly than red light.",
        "After the last frost, usually in mid-May.",
        "It translates source code into code that a machine can run.",
    ];

    public static string[] Insurers { get; } =
    ["Alpine Health", "MediCare Plus", "Unity Insurance", "BlueRiver Mutual", "Helvia"];

    public static string[] Firmware { get; } = ["1.4.2", "1.5.0", "2.0.1", "2.1.3", "2.3.0", "3.0.0-rc1"];

    public static string[] Plain { get; } =
    ["standard", "premium", "basic", "custom", "classic", "advanced", "compact", "extended"];

    public static string[] CouponWords { get; } = ["WELCOME", "SPRING", "SAVE", "THANKYOU"];

    public static string[] MailDomains { get; } = ["example.com", "example.org", "example.net"];

    public static string[] Allergies { get; } = ["none", "none", "penicillin", "peanuts", "pollen", "lactose", "latex"];

    public static string[] Currencies { get; } = ["EUR", "USD", "GBP"];

    public static string[] Sizes { get; } = ["XS", "S", "M", "L", "XL"];

    public static string[] HomeAdjectives { get; } = ["Bright", "Quiet", "Modern", "Charming", "Spacious"];

    public static string[] Homes { get; } = ["apartment", "house", "studio", "loft"];
}
