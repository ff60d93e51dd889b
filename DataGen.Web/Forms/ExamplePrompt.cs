namespace DataGen.Web.Forms;

/// <summary>A prompt to start from.</summary>
/// <param name="Key">Its name in the address.</param>
/// <param name="Label">What its button says.</param>
/// <param name="Prompt">The description of one record.</param>
/// <param name="Count">How many records to suggest.</param>
internal sealed record ExamplePrompt(string Key, string Label, string Prompt, int Count)
{
    /// <summary>The example that the empty list suggests.</summary>
    internal static ExamplePrompt First => All[0];

    internal static IReadOnlyList<ExamplePrompt> All { get; } =
    [
        new(
            "customers",
            "Book shop customers",
            "A customer of an online book shop: full name, e-mail at example.com, age 18-90, country, favourite genre, loyalty points",
            20
        ),
        new(
            "tickets",
            "Support tickets",
            "A support ticket for a home router: subject, a message of two or three sentences in the customer's own voice, product model, severity (low, medium, high), sentiment",
            20
        ),
        new(
            "reviews",
            "Product reviews",
            "A review of a kitchen appliance: product, rating 1-5, headline, text of 40-80 words that fits the rating, date in 2026, verified purchase (true or false)",
            20
        ),
        new(
            "payments",
            "Card payments",
            "A card payment: transaction id, ISO time in 2026, merchant, category, amount, currency, country, and whether it is fraudulent (about one in twenty)",
            100
        ),
        new(
            "sensors",
            "Sensor readings",
            "A reading from a greenhouse sensor: sensor id, ISO time, temperature in °C, relative humidity in %, soil moisture in %, battery in volts, a status word",
            100
        ),
        new(
            "questions",
            "Questions & answers",
            "A question a traveller might ask about trains in Switzerland, a correct and friendly answer of two sentences, the topic, and a difficulty from 1 to 3",
            20
        ),
    ];
}
