using DataGen.Contracts;
using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Budgets;

internal sealed class BudgetGrain(JsonStore store, Prices prices) : Grain, IBudgetGrain
{
    private BudgetState? state;
    private (string? Sampling, int? MaxTokens, Spent Most)? bound;

    private string TaskId => this.GetPrimaryKeyString();

    public async Task<Allowance> AllowAsync(TaskDefinition task, int shard, Spent made, long held, long wanted)
    {
        var now = (await LoadAsync(task)).WithMade(shard, made, held);
        var calls = Math.Min(wanted, now.Left(Most(task), prices));
        if (calls == 0)
        {
            state = now;
            // Held calls may be given back, or cost less than the most they can, which frees calls again.
            return new Allowance(0, IsOver: now.Held.Count == 0);
        }

        await StoreAsync(now.WithAllowed(shard, calls));
        return new Allowance(calls, IsOver: false);
    }

    public async Task ReturnAsync(TaskDefinition task, int shard, Spent? made)
    {
        var now = await LoadAsync(task);
        if (now.Of(shard) > 0 || made?.Calls > 0)
        {
            await StoreAsync(now.WithMade(shard, made ?? Most(task).Times(now.Of(shard)), held: 0));
        }
    }

    public async Task WriteOffAsync(TaskDefinition task)
    {
        var now = await LoadAsync(task);
        if (now.Held.Count > 0)
        {
            await StoreAsync(now.WithoutHeld(Most(task)));
        }
    }

    public async Task SetAsync(TaskDefinition task, NewBudget budget, Spent made)
    {
        var now = await LoadAsync(task, made);
        await StoreAsync(
            now with
            {
                Calls = budget.Calls ?? now.Calls,
                Tokens = budget.Tokens ?? now.Tokens,
                Cost = budget.Cost ?? now.Cost,
            }
        );
    }

    private Spent Most(TaskDefinition task)
    {
        if (bound is { } known && known.Sampling == task.Sampling && known.MaxTokens == task.MaxTokens)
        {
            return known.Most;
        }

        var (input, output) = task.ReadSampling()!
            .MostTokens(TaskLimits.LongestSystemPrompt, task.MaxTokens ?? TaskLimits.DefaultTokens);
        var most = new Spent(1, input, output);
        bound = (task.Sampling, task.MaxTokens, most);
        return most;
    }

    private async Task<BudgetState> LoadAsync(TaskDefinition task, Spent made = default)
    {
        if (state is { } known)
        {
            return known;
        }

        var stored = await store.ReadAsync(
            CStoreKeys.Budget(TaskId),
            BudgetJsonContext.Default.BudgetState,
            CancellationToken.None
        );
        if (stored is not null)
        {
            return state ??= stored;
        }

        var sampling = task.ReadSampling();
        return state ??= new BudgetState(
            sampling?.MostCalls,
            sampling?.Budget.Tokens,
            sampling?.Budget.Cost,
            made,
            new Dictionary<int, long>()
        );
    }

    private async Task StoreAsync(BudgetState next)
    {
        try
        {
            await store.WriteAsync(
                CStoreKeys.Budget(TaskId),
                next,
                BudgetJsonContext.Default.BudgetState,
                CancellationToken.None
            );
            state = next;
        }
        catch
        {
            // The write may have reached the store although it was not confirmed.
            state = null;
            throw;
        }
    }
}
