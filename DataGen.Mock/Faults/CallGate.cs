namespace DataGen.Mock.Faults;

/// <summary>Lets one call through at a time while its switch is on, and costs nothing while it is off.</summary>
internal sealed class CallGate(Fault<bool> serialised) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Waits for this call's turn; dispose the result when the call ends.</summary>
    public async ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        if (!serialised.Take())
        {
            return null;
        }

        await one.WaitAsync(cancellationToken);
        return new Turn(one);
    }

    public void Dispose() => one.Dispose();

    private sealed class Turn(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
