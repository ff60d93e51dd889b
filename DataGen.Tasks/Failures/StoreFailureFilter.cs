using DataGen.Ratio1.CStore;

namespace DataGen.Tasks.Failures;

/// <summary>Turns the store client's exception into the one that travels between grains.</summary>
internal sealed class StoreFailureFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (CStoreException exception)
        {
            throw new StoreUnavailableException(exception.Message);
        }
    }
}
