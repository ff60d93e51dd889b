using System.Text.Json.Nodes;
using Bogus;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "person", "locale": "de"}</c>: an invented person with a name and a city of a
/// country.</summary>
/// <param name="Locale">One of Bogus' locales.</param>
public sealed record PersonSampler(string Locale) : Sampler
{
    internal override JsonNode Draw(in Place place)
    {
        var faker = new Faker(Locale) { Random = new Randomizer((int)(place.Chance ^ (place.Chance >> 32))) };
        var gender = faker.Random.Bool() ? Bogus.DataSets.Name.Gender.Female : Bogus.DataSets.Name.Gender.Male;
        var (first, last) = (faker.Name.FirstName(gender), faker.Name.LastName(gender));
        return new JsonObject
        {
            ["firstName"] = first,
            ["lastName"] = last,
            ["gender"] = gender == Bogus.DataSets.Name.Gender.Female ? "female" : "male",
            ["age"] = faker.Random.Int(18, 90),
            ["city"] = faker.Address.City(),
        };
    }
}
