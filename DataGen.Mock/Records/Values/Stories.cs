namespace DataGen.Mock.Records.Values;

/// <summary>Things that titles, descriptions and categories are taken from, by topic.</summary>
internal static class Stories
{
    public static IReadOnlyList<Story> Support { get; } =
    [
        new(
            "Cannot log in after password reset",
            "I reset my password this morning, but the new one is rejected with 'invalid credentials'. I have tried two browsers and cleared the cache.",
            "account access",
            "login",
            "password",
            "authentication"
        ),
        new(
            "Charged twice for the same order",
            "My card statement shows two identical charges for one order. Please refund the duplicate and confirm that only one order was placed.",
            "billing",
            "refund",
            "duplicate charge",
            "payments"
        ),
        new(
            "App crashes when exporting to PDF",
            "Since the last update the app closes as soon as I tap 'Export to PDF'. It happens every time, with small and large documents.",
            "bug",
            "crash",
            "export",
            "mobile"
        ),
        new(
            "Parcel has not arrived",
            "The tracking page has said 'in transit' for nine days. The delivery was promised for last week and I need the item soon.",
            "shipping",
            "delivery",
            "tracking",
            "delay"
        ),
        new(
            "How do I add a second user?",
            "We have a new colleague and would like to give her access to our workspace. I could not find the option in the settings.",
            "how-to",
            "users",
            "settings",
            "onboarding"
        ),
        new(
            "Invoice shows the wrong VAT number",
            "The VAT number on our latest invoice is outdated. Could you correct it and send the invoice again?",
            "billing",
            "invoice",
            "tax",
            "correction"
        ),
        new(
            "Sync stuck at 43 percent",
            "The desktop client has been syncing since yesterday and does not get past 43 percent. Restarting does not help.",
            "bug",
            "sync",
            "desktop",
            "performance"
        ),
        new(
            "Request to cancel my subscription",
            "I no longer use the service and would like to cancel before the next billing date. Please confirm the end date.",
            "cancellation",
            "subscription",
            "retention"
        ),
        new(
            "Feature request: dark mode",
            "I work at night a lot and the bright interface is tiring. A dark theme would help many of us.",
            "feature request",
            "ui",
            "accessibility"
        ),
        new(
            "Two-factor codes are not accepted",
            "The codes from my authenticator app have been refused since I changed phones. The clock on the phone is right.",
            "account access",
            "2fa",
            "security",
            "login"
        ),
        new(
            "Received a damaged item",
            "The box was crushed and the screen has a crack in the lower left corner. I have attached photos and would like a replacement.",
            "returns",
            "damage",
            "replacement",
            "warranty"
        ),
        new(
            "API returns 403 since this morning",
            "All our calls to the orders endpoint have returned 403 since about 8:00. The key has not changed and worked yesterday.",
            "technical issue",
            "api",
            "permissions",
            "outage"
        ),
        new(
            "Emails end up in spam",
            "Our customers tell us that order confirmations land in their spam folder. Nothing changed on our side.",
            "technical issue",
            "email",
            "deliverability"
        ),
        new(
            "Please delete my personal data",
            "Under the GDPR I ask you to delete all data you hold about me and to confirm when this is done.",
            "privacy",
            "gdpr",
            "data deletion"
        ),
    ];

    public static IReadOnlyList<Story> Job { get; } =
    [
        new(
            "Backend Engineer",
            "You will design and run the services behind our ordering platform, own them in production, and work closely with product and data colleagues.",
            "Engineering",
            "C#",
            ".NET",
            "PostgreSQL",
            "Kubernetes",
            "gRPC",
            "Redis"
        ),
        new(
            "Frontend Developer",
            "Join the team that builds the interface thousands of people use every day. You care about accessibility, speed and readable code.",
            "Engineering",
            "TypeScript",
            "React",
            "CSS",
            "accessibility",
            "testing"
        ),
        new(
            "Data Analyst",
            "You turn raw events into answers: dashboards for the business, experiments for the product team, and clear words for everybody.",
            "Data",
            "SQL",
            "Python",
            "dbt",
            "statistics",
            "data visualisation"
        ),
        new(
            "Machine Learning Engineer",
            "Bring models from notebooks into production, watch over their quality, and make their training repeatable.",
            "Data",
            "Python",
            "PyTorch",
            "MLOps",
            "feature engineering",
            "Docker"
        ),
        new(
            "Registered Nurse",
            "Care for patients on our cardiology ward in a team of twelve, with fair shifts and time for training.",
            "Healthcare",
            "patient care",
            "documentation",
            "ECG",
            "teamwork"
        ),
        new(
            "Account Manager",
            "Look after forty customers in the region, understand what they need next, and keep them long term.",
            "Sales",
            "negotiation",
            "CRM",
            "presentation",
            "forecasting"
        ),
        new(
            "HR Business Partner",
            "Advise managers on hiring, development and change, and make our processes simpler for everyone.",
            "Human Resources",
            "coaching",
            "labour law",
            "recruiting",
            "mediation"
        ),
        new(
            "Electrician",
            "Install and maintain electrical systems in office buildings across the city. A company van and tools are provided.",
            "Trades",
            "wiring",
            "safety inspection",
            "troubleshooting",
            "blueprint reading"
        ),
        new(
            "Product Manager",
            "Own the roadmap of our payments product, from customer interviews to launch and beyond.",
            "Product",
            "user research",
            "roadmapping",
            "analytics",
            "stakeholder management"
        ),
        new(
            "Warehouse Team Lead",
            "Lead a team of fifteen, plan shifts, and keep the flow of goods steady and safe.",
            "Logistics",
            "shift planning",
            "forklift licence",
            "inventory",
            "lean"
        ),
        new(
            "UX Designer",
            "Shape flows from first sketch to shipped detail, and test them with real people every second week.",
            "Design",
            "Figma",
            "prototyping",
            "usability testing",
            "design systems"
        ),
        new(
            "Site Reliability Engineer",
            "Keep our platform fast and boring: capacity, incident response, automation and honest post-mortems.",
            "Engineering",
            "Linux",
            "Terraform",
            "Prometheus",
            "Go",
            "incident response"
        ),
        new(
            "Primary School Teacher",
            "Teach a class of twenty-two with a supportive team and a well-equipped classroom.",
            "Education",
            "lesson planning",
            "classroom management",
            "communication"
        ),
        new(
            "Accountant",
            "Prepare monthly closings, look after accounts payable and support the annual audit.",
            "Finance",
            "IFRS",
            "Excel",
            "SAP",
            "reconciliation"
        ),
    ];

    /// <summary>Category is the specialty; details are symptoms, then (after "|") medication.</summary>
    public static IReadOnlyList<Story> Medical { get; } =
    [
        new(
            "Annual check-up",
            "Routine visit; blood pressure and bloods taken, no complaints.",
            "General practice",
            "none|none"
        ),
        new(
            "Seasonal allergies",
            "Sneezing and itchy eyes since early spring, worse outdoors.",
            "Allergology",
            "sneezing",
            "itchy eyes",
            "runny nose|cetirizine 10 mg"
        ),
        new(
            "Lower back pain",
            "Pain for three weeks after lifting, no numbness; exercises explained.",
            "Orthopaedics",
            "back pain",
            "stiffness|ibuprofen 400 mg"
        ),
        new(
            "Type 2 diabetes follow-up",
            "HbA1c has improved; diet and activity reviewed, medication continued.",
            "Endocrinology",
            "fatigue",
            "increased thirst|metformin 500 mg"
        ),
        new(
            "Hypertension",
            "Home readings above target; dose adjusted, control in four weeks.",
            "Cardiology",
            "headache",
            "dizziness|lisinopril 10 mg"
        ),
        new(
            "Migraine",
            "Two attacks a month with aura; trigger diary started.",
            "Neurology",
            "throbbing headache",
            "nausea",
            "light sensitivity|sumatriptan 50 mg"
        ),
        new(
            "Skin rash",
            "Itching rash on both forearms after gardening; contact dermatitis likely.",
            "Dermatology",
            "itching",
            "redness|hydrocortisone cream"
        ),
        new(
            "Sprained ankle",
            "Twisted while running; swelling, no fracture on X-ray.",
            "Orthopaedics",
            "swelling",
            "pain on walking|ibuprofen 400 mg"
        ),
        new(
            "Bronchitis",
            "Productive cough for ten days, chest clear on the right, wheeze on the left.",
            "Pulmonology",
            "cough",
            "wheezing",
            "mild fever|salbutamol inhaler"
        ),
        new("Dental cleaning", "Regular prophylaxis, no new cavities found.", "Dentistry", "none|none"),
        new(
            "Anxiety",
            "Sleep disturbed for two months under work pressure; counselling offered.",
            "Psychiatry",
            "restlessness",
            "poor sleep|sertraline 50 mg"
        ),
        new(
            "Iron deficiency anaemia",
            "Tired and pale; ferritin low, supplements started.",
            "Haematology",
            "fatigue",
            "pallor|ferrous sulfate 200 mg"
        ),
        new(
            "Urinary tract infection",
            "Burning and frequency for three days; urine culture sent.",
            "Urology",
            "burning sensation",
            "frequent urination|nitrofurantoin 100 mg"
        ),
        new("Vaccination", "Influenza and tetanus booster given, well tolerated.", "General practice", "none|none"),
    ];

    public static IReadOnlyList<Story> Recipe { get; } =
    [
        new(
            "Lentil and tomato soup",
            "A thick, warming soup with cumin and a squeeze of lemon.",
            "Turkish",
            "red lentils",
            "tomatoes",
            "onion",
            "cumin",
            "lemon",
            "vegetable stock"
        ),
        new(
            "Mushroom risotto",
            "Creamy rice with fried mushrooms, parmesan and a glass of white wine.",
            "Italian",
            "arborio rice",
            "mushrooms",
            "shallot",
            "parmesan",
            "white wine",
            "butter"
        ),
        new(
            "Chicken tikka masala",
            "Marinated chicken in a spiced tomato and cream sauce.",
            "Indian",
            "chicken thighs",
            "yoghurt",
            "tomatoes",
            "garam masala",
            "cream",
            "ginger"
        ),
        new(
            "Greek salad",
            "Crisp vegetables, olives and feta with oregano.",
            "Greek",
            "cucumber",
            "tomatoes",
            "feta",
            "olives",
            "red onion",
            "oregano"
        ),
        new(
            "Beef tacos",
            "Soft tortillas with slow-cooked beef, lime and fresh coriander.",
            "Mexican",
            "beef chuck",
            "corn tortillas",
            "lime",
            "coriander",
            "chipotle",
            "onion"
        ),
        new(
            "Miso ramen",
            "Noodles in a deep broth with egg, corn and spring onion.",
            "Japanese",
            "ramen noodles",
            "miso",
            "eggs",
            "corn",
            "spring onion",
            "garlic"
        ),
        new(
            "Ratatouille",
            "Summer vegetables stewed slowly with thyme and olive oil.",
            "French",
            "aubergine",
            "courgette",
            "peppers",
            "tomatoes",
            "thyme",
            "olive oil"
        ),
        new(
            "Banana oat pancakes",
            "Quick breakfast pancakes without flour or sugar.",
            "American",
            "bananas",
            "oats",
            "eggs",
            "cinnamon",
            "blueberries"
        ),
        new(
            "Thai green curry",
            "Coconut curry with basil, green beans and a fair amount of heat.",
            "Thai",
            "coconut milk",
            "green curry paste",
            "green beans",
            "basil",
            "fish sauce",
            "tofu"
        ),
        new(
            "Potato goulash",
            "A frugal stew with paprika, best on the second day.",
            "Hungarian",
            "potatoes",
            "onion",
            "paprika",
            "caraway",
            "peppers"
        ),
    ];

    public static IReadOnlyList<Story> Product { get; } =
    [
        new(
            "Aurora Desk Lamp",
            "Dimmable LED lamp with a weighted base and a warm-to-cool slider.",
            "Home & Office",
            "lighting",
            "led",
            "desk"
        ),
        new(
            "TrailLite 35 Backpack",
            "A light 35-litre backpack with a ventilated back and rain cover.",
            "Outdoor",
            "hiking",
            "travel",
            "waterproof"
        ),
        new(
            "PureBrew Coffee Grinder",
            "Conical burr grinder with 30 settings and a quiet motor.",
            "Kitchen",
            "coffee",
            "kitchen",
            "gift"
        ),
        new(
            "SilentKey Mechanical Keyboard",
            "Compact keyboard with hot-swappable silent switches.",
            "Electronics",
            "keyboard",
            "office",
            "usb-c"
        ),
        new(
            "EchoFit Wireless Earbuds",
            "Earbuds with active noise cancelling and 28 hours of battery with the case.",
            "Electronics",
            "audio",
            "bluetooth",
            "sport"
        ),
        new(
            "Nordwool Throw Blanket",
            "A heavy throw of recycled wool, woven in Portugal.",
            "Home",
            "textile",
            "cosy",
            "sustainable"
        ),
        new(
            "FlexiGrip Yoga Mat",
            "Non-slip mat of natural rubber, 5 mm thick.",
            "Sports",
            "yoga",
            "fitness",
            "natural rubber"
        ),
        new(
            "ChefLine Carbon Steel Pan",
            "Pre-seasoned 28 cm pan for all hobs, induction included.",
            "Kitchen",
            "cookware",
            "induction",
            "carbon steel"
        ),
        new(
            "LumaSense Smart Thermostat",
            "Learns your schedule and shows what you saved each week.",
            "Smart Home",
            "heating",
            "energy saving",
            "wifi"
        ),
        new(
            "Kinder Wooden Train Set",
            "48 pieces of beech wood with water-based paint, from three years.",
            "Toys",
            "kids",
            "wood",
            "gift"
        ),
        new(
            "HydroPeak Steel Bottle",
            "Vacuum-insulated bottle that keeps drinks cold for 24 hours.",
            "Outdoor",
            "bottle",
            "bpa-free",
            "insulated"
        ),
        new(
            "PixelFrame 27 Monitor",
            "27-inch QHD monitor with 100 % sRGB and a height-adjustable stand.",
            "Electronics",
            "monitor",
            "office",
            "qhd"
        ),
        new(
            "GreenThumb Herb Kit",
            "Everything for growing basil, chives and parsley on a window sill.",
            "Garden",
            "plants",
            "kitchen",
            "starter kit"
        ),
        new(
            "SwiftDry Rain Jacket",
            "Packable three-layer jacket with taped seams.",
            "Clothing",
            "rain",
            "cycling",
            "packable"
        ),
        new(
            "Velora Face Serum",
            "Light serum with vitamin C and hyaluronic acid.",
            "Beauty",
            "skincare",
            "vegan",
            "vitamin c"
        ),
        new(
            "PawComfort Dog Bed",
            "Orthopaedic foam bed with a washable cover.",
            "Pets",
            "dog",
            "washable",
            "orthopaedic"
        ),
    ];

    public static IReadOnlyList<Story> Banking { get; } =
    [
        new("REWE Markt", "Card payment at the supermarket", "Groceries", "card"),
        new("City Transit Authority", "Monthly public transport pass", "Transport", "direct debit"),
        new("Green Energy Ltd", "Electricity, monthly instalment", "Utilities", "direct debit"),
        new("Netflix", "Streaming subscription", "Entertainment", "card"),
        new("Shell Station 4412", "Fuel", "Transport", "card"),
        new("Rossmann", "Drugstore purchase", "Health & Beauty", "card"),
        new("Oak Street Property Mgmt", "Rent", "Housing", "standing order"),
        new("Bright Dental Practice", "Dental treatment, invoice paid", "Health", "bank transfer"),
        new("IKEA", "Furniture and household goods", "Home", "card"),
        new("Trattoria Da Luca", "Restaurant, dinner", "Dining", "card"),
        new("Amazon Marketplace", "Online order", "Shopping", "card"),
        new("Fitness First", "Gym membership", "Sports", "direct debit"),
        new("Employer payroll", "Salary", "Income", "bank transfer"),
        new("ATM withdrawal", "Cash withdrawal", "Cash", "cash"),
        new("Ryanair", "Flight tickets", "Travel", "card"),
    ];

    public static IReadOnlyList<Story> Article { get; } =
    [
        new(
            "City opens its first fully electric ferry line",
            "The new line links the harbour with three districts and replaces some 900 bus trips a day. Commuters praised the quiet ride on the first morning.",
            "Local",
            "transport",
            "climate",
            "city"
        ),
        new(
            "Why small teams ship faster",
            "A look at five companies that cut their meetings in half and what it did to their release dates.",
            "Business",
            "productivity",
            "management",
            "software"
        ),
        new(
            "Researchers map coral recovery after record heat",
            "Three years after the bleaching event, some reefs show surprising growth, a new survey finds.",
            "Science",
            "ocean",
            "climate",
            "biology"
        ),
        new(
            "Ten quiet places for a spring weekend",
            "From a lakeside cabin to a monastery with a garden: where to go when the cities are full.",
            "Travel",
            "weekend",
            "nature",
            "tips"
        ),
        new(
            "Local bakery wins national bread award",
            "A sourdough with roasted barley convinced the jury. The family has baked in the same house since 1931.",
            "Food",
            "bakery",
            "award",
            "local"
        ),
        new(
            "Central bank holds rates for the third time",
            "Inflation has eased more slowly than hoped. Economists expect a first cut in autumn.",
            "Economy",
            "interest rates",
            "inflation",
            "markets"
        ),
        new(
            "How to keep your houseplants alive in winter",
            "Less water, more light, and no draughts: a botanist answers the most common questions.",
            "Lifestyle",
            "plants",
            "home",
            "advice"
        ),
        new(
            "Underdogs reach the final after a dramatic shoot-out",
            "Two saves in stoppage time and a nervous last penalty: the team is in the final for the first time.",
            "Sports",
            "football",
            "cup",
            "final"
        ),
    ];

    public static IReadOnlyList<Story> Event { get; } =
    [
        new(
            "Open Source Evening",
            "Short talks by maintainers, then pizza and questions.",
            "Technology",
            "talks",
            "community"
        ),
        new("Harbour Jazz Night", "Three local trios on the open-air stage by the water.", "Music", "jazz", "open air"),
        new(
            "Introduction to Pottery",
            "A hands-on workshop for beginners; clay and glazing included.",
            "Workshop",
            "crafts",
            "beginners"
        ),
        new(
            "Startup Pitch Day",
            "Twelve young companies present to investors and guests.",
            "Business",
            "startups",
            "networking"
        ),
        new(
            "Riverside Half Marathon",
            "A flat, fast course along the river with music at every fifth kilometre.",
            "Sports",
            "running",
            "outdoor"
        ),
        new("Data Engineering Summit", "Two days on pipelines, quality and cost.", "Conference", "data", "engineering"),
        new(
            "Farmers' Market Cooking Class",
            "Buy with the chef in the morning, cook together until noon.",
            "Food",
            "cooking",
            "local"
        ),
        new(
            "Poetry Slam Finals",
            "Eight poets, two rounds, one winner chosen by the audience.",
            "Culture",
            "poetry",
            "stage"
        ),
    ];

    public static IReadOnlyList<Story> Course { get; } =
    [
        new(
            "Introduction to Statistics",
            "From distributions to regression, with real data every week.",
            "Mathematics",
            "probability",
            "regression"
        ),
        new(
            "Modern European History",
            "Revolutions, nations and wars from 1789 to today.",
            "History",
            "essays",
            "sources"
        ),
        new(
            "Organic Chemistry I",
            "Structure, mechanisms and synthesis with weekly laboratory work.",
            "Chemistry",
            "laboratory",
            "mechanisms"
        ),
        new(
            "Algorithms and Data Structures",
            "How to store, search and sort, and how to prove it is fast.",
            "Computer Science",
            "graphs",
            "complexity"
        ),
        new(
            "Spanish for Beginners",
            "Everyday conversations, grammar in small doses, songs.",
            "Languages",
            "A1",
            "conversation"
        ),
        new(
            "Microeconomics",
            "Markets, incentives and games, with many examples.",
            "Economics",
            "markets",
            "game theory"
        ),
        new("Drawing from Life", "Line, proportion and light in twelve studio sessions.", "Art", "studio", "drawing"),
    ];

    public static IReadOnlyList<Story> Social { get; } =
    [
        new(
            "Morning run",
            "12 km before breakfast and the river all to myself. Days like this. 🌅",
            "sport",
            "running",
            "morning",
            "nofilter"
        ),
        new(
            "New recipe",
            "Tried to make ramen from scratch. The broth took nine hours and was gone in nine minutes 🍜",
            "food",
            "homemade",
            "ramen",
            "cooking"
        ),
        new(
            "Launch day",
            "After eight months our little app is out. Thank you to everyone who tested it!",
            "tech",
            "launch",
            "startup",
            "indiedev"
        ),
        new(
            "Train delay",
            "Third delay this week. At least I finally finished my book.",
            "everyday",
            "commuting",
            "books"
        ),
        new("Concert", "Still hearing the drums. Best gig of the year so far 🥁", "music", "livemusic", "concert"),
        new("Garden", "First tomatoes! Eleven of them. I counted twice.", "garden", "garden", "homegrown", "summer"),
        new("Question", "What is the one book you would give to your younger self?", "books", "books", "askme"),
        new(
            "Travel",
            "Three days in the mountains without a signal. Highly recommended.",
            "travel",
            "hiking",
            "mountains",
            "offline"
        ),
    ];
}
