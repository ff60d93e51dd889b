using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Budgets;

internal sealed class BudgetGrain(TaskStore store) : Grain, IBudgetGrain
{
    private BudgetState? state;

    private string TaskId => this.GetPrimaryKeyString();

    public async Task<Allowance> AllowAsync(TaskDefinition task, int shard, long made, long wanted)
    {
        var now = (await LoadAsync(task)).WithMade(shard, made);
        var calls = Math.Min(wanted, now.Left);
        if (calls == 0)
        {
            state = now;
            return new Allowance(0, now.Held.Keys.All(holder => holder == shard));
        }

        await StoreAsync(now.WithAllowed(shard, calls));
        return new Allowance(calls, IsOver: false);
    }

    public async Task ReturnAsync(TaskDefinition task, int shard, long? made)
    {
        var now = await LoadAsync(task);
        if (now.Of(shard) > 0 || made > 0)
        {
            await StoreAsync(now.WithMade(shard, made ?? now.Of(shard)).WithReturned(shard));
        }
    }

    public async Task SetAsync(TaskDefinition task, long calls, long made) =>
        await StoreAsync((await LoadAsync(task, made)) with { Calls = calls });

    private async Task<BudgetState> LoadAsync(TaskDefinition task, long made = 0) =>
        state ??=
            await store.ReadBudgetAsync(TaskId, CancellationToken.None)
            ?? new BudgetState(task.ReadSampling()?.MostCalls ?? long.MaxValue, made, new Dictionary<int, long>());

    private async Task StoreAsync(BudgetState next)
    {
        try
        {
            await store.WriteBudgetAsync(TaskId, next, CancellationToken.None);
            state = next;
        }
        catch
        {
            // The write may have reached the store all the same.
            state = null;
            throw;
        }
    }
}
