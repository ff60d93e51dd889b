namespace DataGen.Tasks.Shards;

/// <summary>Counts how many of the last answers were accepted. Not safe for concurrent use.</summary>
internal sealed class AcceptanceWindow
{
    private const int Least = 500;
    private const int PerCall = 4;

    private readonly Queue<bool> answers = new();
    private int taken;

    /// <summary>Counts another answer.</summary>
    public void Add(bool taken)
    {
        answers.Enqueue(taken);
        this.taken += taken ? 1 : 0;
    }

    /// <summary>Whether fewer than one in a hundred of the last answers was accepted: of the last 500, or of four for
    /// every call in flight if those are more.</summary>
    public bool IsStalled(int inFlight)
    {
        var window = Math.Max(Least, PerCall * inFlight);
        while (answers.Count > window)
        {
            taken -= answers.Dequeue() ? 1 : 0;
        }

        return answers.Count == window && taken * 100 < window;
    }
}
