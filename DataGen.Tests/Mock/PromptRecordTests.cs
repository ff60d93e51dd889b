using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace DataGen.Tests.Mock;

/// <summary>What the mock makes of prompts as people write them.</summary>
public sealed class PromptRecordTests
{
    private const string Customer =
        "A customer of an online book shop: full name, e-mail at example.com, age 18-90, country, favourite genre, loyalty points";

    [Theory]
    [InlineData(Customer, "full_name,email,age,country,favourite_genre,loyalty_points")]
    [InlineData(
        "Support tickets with a subject, a description of 20-40 words, priority (low, medium, high or urgent), status, customer name, email and created at",
        "subject,description,priority,status,customer_name,email,created_at"
    )]
    [InlineData(
        "Product reviews for an electronics store: product name, rating 1-5, review title, review text, reviewer name, verified purchase yes/no, date in 2024",
        "product_name,rating,review_title,review_text,reviewer_name,verified_purchase,date"
    )]
    [InlineData(
        "Bank transactions: transaction id, IBAN, amount between 5 and 2500 EUR, currency one of EUR, USD, GBP, merchant, category, booking date and whether it is fraudulent",
        "transaction_id,iban,amount,currency,merchant,category,booking_date,is_fraudulent"
    )]
    [InlineData(
        "Medical appointments:\n- patient name\n- date of birth\n- doctor\n- specialty\n- appointment date and time\n- reason for visit\n- status (scheduled, completed, cancelled)\n- first visit: yes/no",
        "patient_name,date_of_birth,doctor,specialty,appointment_date_and_time,reason_for_visit,status,first_visit"
    )]
    [InlineData(
        "IoT sensor readings from a factory. Each reading has a device id, a timestamp, temperature in celsius between -10 and 45, humidity in percent, battery level 0-100 and status ok/warning/error.",
        "device_id,timestamp,temperature,humidity,battery_level,status"
    )]
    [InlineData(
        "Job postings including job title, company, location, employment type, salary range 40k-120k, required skills (3-6 skills), remote yes/no and a description of at most 60 words",
        "job_title,company,location,employment_type,salary_range,skills,remote,description"
    )]
    [InlineData(
        "Generate a synthetic e-commerce order with order_id, customer (name, email), items, each with product, quantity and price, total in USD, shippingAddress and status",
        "order_id,customer,items,total,shippingAddress,status"
    )]
    [InlineData(
        "A movie: title; director; genre: drama, comedy or thriller; year 1980-2024; rating 0.0-10.0; list of 3 actors",
        "title,director,genre,year,rating,actors"
    )]
    [InlineData("Name, age and city of a person", "name,age,city")]
    [InlineData(
        "Give me a JSON object with keys `sku`, `unitPrice` and `inStock` for a garden product",
        "sku,unitPrice,inStock"
    )]
    [InlineData(
        "real estate listing; fields: title, city, rent per month in EUR (400-2500), number of rooms, furnished (true/false), amenities",
        "title,city,rent_per_month,number_of_rooms,furnished,amenities"
    )]
    [InlineData(
        "An employee of a bank with first and last name, department, salary between 30000 and 90000 and hire date. Also include a phone number.",
        "first_name,last_name,department,salary,hire_date,phone_number"
    )]
    [InlineData("1. name (string)\n2. urgency low, medium or high\n3. tags: 2-4 tags", "name,urgency,tags")]
    [InlineData("Ein Kunde: Vorname, Nachname, Alter 18-90, Stadt", "vorname,nachname,alter,stadt")]
    public async Task The_fields_that_a_prompt_names_are_the_records_members_in_order(string prompt, string keys)
    {
        await using var mock = await RunningMock.StartAsync();
        Assert.Equal(
            keys,
            string.Join(',', (await OneAsync(mock, prompt)).EnumerateObject().Select(member => member.Name))
        );
    }

    [Fact]
    public async Task A_customer_is_as_described()
    {
        await using var mock = await RunningMock.StartAsync();
        var countries = new HashSet<string>();
        for (var i = 1; i <= 50; i++)
        {
            var record = await OneAsync(
                mock,
                $"{Customer}\n\nThis is record {i} of 50. Make it differ from the other records of the set."
            );
            Assert.Equal(6, record.EnumerateObject().Count());
            Assert.Matches(@"^\p{L}[\p{L}'.-]+( \p{L}[\p{L}'.-]+)+$", record.GetProperty("full_name").GetString());
            Assert.Matches("^[a-z0-9._]+@example\\.com$", record.GetProperty("email").GetString());
            Assert.InRange(record.GetProperty("age").GetInt32(), 18, 90);
            Assert.True(record.GetProperty("loyalty_points").GetInt32() >= 0);
            Assert.NotEmpty(record.GetProperty("favourite_genre").GetString()!);
            countries.Add(record.GetProperty("country").GetString()!);
        }

        Assert.True(countries.Count >= 8, $"Fifty customers come from {countries.Count} countries only.");
    }

    [Fact]
    public async Task Ranges_choices_and_types_hold_for_every_record()
    {
        await using var mock = await RunningMock.StartAsync();
        for (var i = 0; i < 40; i++)
        {
            var record = await OneAsync(
                mock,
                $$"""
                A bank transaction: id as a UUID, amount between 5 and 2500 EUR, currency one of EUR, USD, GBP, date in 2024, rating (1-5), paid yes/no,
                channel (app, web or branch), 2-3 tags, size (6, 7 or 8), temperature -10.0 to 45.0, booked between 2023-03-01 and 2023-03-31
                """
            );
            Assert.True(Guid.TryParse(record.GetProperty("id").GetString(), out _));
            Assert.InRange(record.GetProperty("amount").GetDecimal(), 5, 2500);
            Assert.Matches("^(EUR|USD|GBP)$", record.GetProperty("currency").GetString());
            Assert.Equal(2024, Day(record.GetProperty("date").GetString()!).Year);
            Assert.InRange(record.GetProperty("rating").GetInt32(), 1, 5);
            Assert.True(record.GetProperty("paid").ValueKind is JsonValueKind.True or JsonValueKind.False);
            Assert.Matches("^(app|web|branch)$", record.GetProperty("channel").GetString());
            Assert.InRange(record.GetProperty("tags").GetArrayLength(), 2, 3);
            Assert.InRange(record.GetProperty("size").GetInt32(), 6, 8);
            Assert.InRange(record.GetProperty("temperature").GetDecimal(), -10, 45);
            var booked = Day(record.GetProperty("booked").GetString()!);
            Assert.True(booked >= new DateOnly(2023, 3, 1) && booked <= new DateOnly(2023, 3, 31));
        }
    }

    [Fact]
    public async Task Nested_fields_become_objects_and_lists_of_objects()
    {
        await using var mock = await RunningMock.StartAsync();
        var record = await OneAsync(
            mock,
            "An order: id, customer (name, email), address (street, city, country), items, each with product, quantity and price, status"
        );
        Assert.Equal(["name", "email"], record.GetProperty("customer").EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["street", "city", "country"],
            record.GetProperty("address").EnumerateObject().Select(member => member.Name)
        );
        Assert.All(
            record.GetProperty("items").EnumerateArray(),
            item => Assert.Equal(["product", "quantity", "price"], item.EnumerateObject().Select(member => member.Name))
        );
    }

    [Fact]
    public async Task Fields_of_one_record_fit_together()
    {
        await using var mock = await RunningMock.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            var person = await OneAsync(
                mock,
                "A person: first name, last name, email, country, country code, currency, opened at, closed at"
            );
            Assert.Matches(
                Latin(person.GetProperty("last_name").GetString()!),
                person.GetProperty("email").GetString()
            );
            Assert.True(
                string.CompareOrdinal(
                    person.GetProperty("opened_at").GetString(),
                    person.GetProperty("closed_at").GetString()
                ) < 0
            );
            var review = await OneAsync(mock, "A product review: rating 1-5, review text");
            if (review.GetProperty("rating").GetInt32() is 1)
            {
                Assert.DoesNotContain(
                    "recommend",
                    review.GetProperty("review_text").GetString(),
                    StringComparison.OrdinalIgnoreCase
                );
            }

            var ticket = await OneAsync(mock, "A support ticket: subject, description");
            Assert.True(
                ticket.GetProperty("description").GetString()!.Length
                    > ticket.GetProperty("subject").GetString()!.Length
            );
        }
    }

    [Theory]
    [InlineData("a recipe", "dish")]
    [InlineData("hello", "full_name")]
    [InlineData("IoT data please", "sensor_id")]
    public async Task A_prompt_without_fields_gets_what_is_usual(string prompt, string key)
    {
        await using var mock = await RunningMock.StartAsync();
        var record = await OneAsync(mock, prompt);
        Assert.True(record.TryGetProperty(key, out _) && record.EnumerateObject().Count() >= 4);
    }

    [Fact]
    public async Task With_a_seed_a_record_depends_on_the_messages_only()
    {
        var runs = new List<string[]>();
        for (var run = 0; run < 2; run++)
        {
            await using var mock = await RunningMock.StartAsync(("MOCK_SEED", "42"));
            var order = Enumerable.Range(1, 40).ToArray();
            if (run == 1)
            {
                Array.Reverse(order);
            }

            var records = await Task.WhenAll(
                order.Select(async i => (i, Text: await mock.RecordAsync($"{Customer}\n\nThis is record {i} of 40.")))
            );
            runs.Add([.. records.OrderBy(record => record.i).Select(record => record.Text)]);
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.Equal(40, runs[0].Distinct().Count());
    }

    [Fact]
    public async Task Another_seed_makes_other_records_and_no_seed_makes_every_call_another()
    {
        await using var one = await RunningMock.StartAsync(("MOCK_SEED", "1"));
        await using var two = await RunningMock.StartAsync(("MOCK_SEED", "2"));
        await using var none = await RunningMock.StartAsync();
        Assert.NotEqual(await one.RecordAsync(Customer), await two.RecordAsync(Customer));
        Assert.NotEqual(await none.RecordAsync(Customer), await none.RecordAsync(Customer));
    }

    [Fact]
    public async Task Instructions_to_the_model_are_not_fields()
    {
        await using var mock = await RunningMock.StartAsync();
        var record = await OneAsync(
            mock,
            "A book: title, author, year.\n\nReturn one JSON object with no prose, no markdown and no comments.\nThis is record 3 of 9. Make it differ from the other records of the set."
        );
        Assert.Equal("title,author,year", string.Join(',', record.EnumerateObject().Select(member => member.Name)));
    }

    [Theory]
    [InlineData(": ", 3000)]
    [InlineData("each with a ", 600)]
    [InlineData("a or b, ", 1000)]
    [InlineData("(", 8000)]
    [InlineData("<script>\"{[';--", 300)]
    public async Task A_hostile_prompt_costs_little_and_gets_a_record(string piece, int times)
    {
        await using var mock = await RunningMock.StartAsync();
        var watch = Stopwatch.StartNew();
        Assert.Equal(
            JsonValueKind.Object,
            (await OneAsync(mock, string.Concat(Enumerable.Repeat(piece, times)))).ValueKind
        );
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task A_prompt_that_asks_for_a_schema_gets_one()
    {
        await using var mock = await RunningMock.StartAsync();
        var schema = await OneAsync(
            mock,
            "Write a JSON Schema for this record.\nA customer: full name, email, age 18-90, country (DE, FR or IT)"
        );
        Assert.Equal("object", schema.GetProperty("type").GetString());
        Assert.Equal(
            """{"type":"integer","minimum":18,"maximum":90}""",
            schema.GetProperty("properties").GetProperty("age").GetRawText()
        );
        Assert.Equal(
            """["DE","FR","IT"]""",
            schema.GetProperty("properties").GetProperty("country").GetProperty("enum").GetRawText()
        );
    }

    private static async Task<JsonElement> OneAsync(RunningMock mock, string prompt) =>
        JsonElement.Parse(await mock.RecordAsync(prompt));

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Matches a name in an address, whose letters beyond ASCII are written as one or two others
    /// there.</summary>
    private static string Latin(string name) =>
        string.Concat(
            name.ToLowerInvariant()
                .Where(char.IsLetter)
                .Select(letter => char.IsAscii(letter) ? letter.ToString() : "[a-z]{1,2}")
        );
}
