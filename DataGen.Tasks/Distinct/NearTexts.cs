using DataGen.Definition.Distinct;

namespace DataGen.Tasks.Distinct;

/// <summary>Finds nearly alike texts of a dataset by the bands of their sketches.</summary>
/// <param name="near">When two texts are nearly alike.</param>
internal sealed class NearTexts(NearText near)
{
    // As many texts as there are records may share a band without being alike; then only the newest are compared.
    private const int MostCompared = 200;

    private readonly Dictionary<ulong, List<int>> bands = [];
    private readonly Dictionary<int, uint[]> sketches = [];

    /// <summary>A record whose text is nearly like this one; null: none is known.</summary>
    public int? Find(uint[] sketch)
    {
        for (var band = 0; band < NearText.Bands; band++)
        {
            if (bands.TryGetValue(NearText.Band(sketch, band), out var others))
            {
                for (var at = others.Count - 1; at >= Math.Max(0, others.Count - MostCompared); at--)
                {
                    if (near.AreNear(sketch, sketches[others[at]]))
                    {
                        return others[at];
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Remembers a record's text.</summary>
    public void Add(int index, uint[]? sketch)
    {
        if (sketch is null)
        {
            return;
        }

        sketches[index] = sketch;
        for (var band = 0; band < NearText.Bands; band++)
        {
            var key = NearText.Band(sketch, band);
            if (!bands.TryGetValue(key, out var others))
            {
                bands[key] = others = [];
            }

            others.Add(index);
        }
    }

    /// <summary>Forgets a record's text.</summary>
    public void Remove(int index)
    {
        if (sketches.Remove(index, out var sketch))
        {
            for (var band = 0; band < NearText.Bands; band++)
            {
                bands[NearText.Band(sketch, band)].Remove(index);
            }
        }
    }
}
