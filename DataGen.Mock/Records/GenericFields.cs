namespace DataGen.Mock.Records;

/// <summary>The fields of a record when the prompt names none: what is usual for its topic.</summary>
internal static class GenericFields
{
    public static IReadOnlyList<FieldSpec> For(RecordPlan plan) =>
        [.. Names(plan.Topic).Select(words => new FieldSpec(words.Replace(' ', '_'), words))];

    private static string[] Names(Topic topic) =>
        topic switch
        {
            Topic.Support =>
            [
                "ticket id",
                "subject",
                "description",
                "category",
                "priority",
                "status",
                "customer name",
                "email",
                "created at",
            ],
            Topic.Product => ["product", "brand", "category", "price", "currency", "rating", "description"],
            Topic.Book => ["title", "author", "genre", "year", "pages", "isbn", "price"],
            Topic.Medical =>
            [
                "patient name",
                "date of birth",
                "appointment date",
                "doctor",
                "specialty",
                "reason",
                "status",
            ],
            Topic.Sensor => ["sensor id", "location", "timestamp", "temperature", "humidity", "battery", "status"],
            Topic.Job => ["job title", "company", "location", "employment type", "salary", "skills", "description"],
            Topic.Banking => ["transaction id", "date", "merchant", "description", "amount", "currency", "category"],
            Topic.Recipe => ["dish", "cuisine", "ingredients", "preparation time", "servings", "difficulty"],
            Topic.Movie => ["title", "director", "genre", "year", "rating"],
            Topic.Music => ["title", "artist", "genre", "year"],
            Topic.Travel => ["full name", "destination", "departure date", "hotel", "nights", "price"],
            Topic.Restaurant => ["restaurant", "city", "rating", "comment"],
            Topic.Property => ["title", "city", "area", "rooms", "rent", "description"],
            Topic.Vehicle => ["make", "model", "year", "mileage", "fuel", "price"],
            Topic.Education => ["full name", "course", "university", "score"],
            Topic.Event => ["event name", "city", "start date", "category", "description"],
            Topic.Social => ["username", "text", "hashtags", "likes", "created at"],
            Topic.Article => ["title", "author", "category", "summary", "date"],
            Topic.Employee => ["full name", "email", "department", "job title", "salary", "hired on"],
            _ => ["full name", "email", "age", "city", "country", "created at"],
        };
}
