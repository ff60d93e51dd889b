using DataGen.Ratio1;

namespace DataGen.Tasks.Failures;

/// <summary>Turns the exceptions of the store's clients into the one exception that can be sent between
/// grains.</summary>
internal sealed class StoreFailureFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Ratio1Exception exception)
        {
            throw new StoreUnavailableException(exception);
        }
    }
}
