using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Web.Display;
using DataGen.Web.Gallery;

namespace DataGen.Tests.Definition;

/// <summary>The rows that the gallery shows beside a definition are records that it would give.</summary>
public sealed class GalleryTests
{
    public static TheoryData<string> Keys => new(GalleryExample.All.Select(example => example.Key));

    [Theory]
    [MemberData(nameof(Keys))]
    public void Its_rows_keep_what_the_definition_promises_and_hold_what_is_drawn_for_them(string key)
    {
        var example = GalleryExample.All.Single(example => example.Key == key);
        var records = example.Rows;
        int[] places = [0, example.Count / 4, example.Count / 2];
        Assert.Equal(places.Length, records.Count);

        // Shares are those of the whole; what is drawn for these three records is compared below.
        var undrawn = JsonObject.Create(example.Definition)!;
        undrawn["count"] = places.Length;
        undrawn.Remove("samplers");
        Assert.Empty(DefinitionPromises.Broken(JsonSerializer.SerializeToElement(undrawn), records, []));

        var sampling = DataGen.Definition.Sampling.Read(
            example.Prompt,
            example.Count,
            DefinitionText.Of(example.Definition)
        );
        Assert.Empty(sampling.Errors);
        foreach (var (place, record) in places.Zip(records))
        {
            foreach (var (name, drawn) in sampling.Sampling!.At(place))
            {
                var sampler = example.Definition.GetProperty("samplers").GetProperty(name);
                var isMember = !sampler.TryGetProperty("inRecord", out var flag) || flag.GetBoolean();
                Assert.Equal(isMember, record.TryGetProperty(name, out var value));
                Assert.True(
                    !isMember || JsonNode.DeepEquals(drawn, JsonNode.Parse(value.GetRawText())),
                    $"{name}: {value}, not {drawn}"
                );
            }
        }
    }
}
