using DataGen.Gateway.Problems;
using DataGen.Ratio1.Auth;

namespace DataGen.Gateway.Users;

/// <summary>Protects the last enabled administrator: without one, none could be made.</summary>
internal sealed class Administrators(IUserStore users) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>
    /// Makes a change that removes an administrator, unless it is the last one. Changes in this process run one after
    /// another. CStore has no compare-and-set, so two replicas may each remove one of the last two; then each finds
    /// none left and undoes its own change.
    /// </summary>
    /// <exception cref="FailureException">409: it is the last one, and stays.</exception>
    public async Task TakeAwayAsync(
        string username,
        Func<CancellationToken, Task> change,
        Func<CancellationToken, Task> takeBack,
        CancellationToken cancellationToken
    )
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (!await AnyAsync(except: username, cancellationToken))
            {
                throw Last();
            }

            // From here on the caller's token is ignored: a caller that goes away must not leave the change half done.
            await change(CancellationToken.None);
            if (!await AnyAsync(except: null, CancellationToken.None))
            {
                await takeBack(CancellationToken.None);
                throw Last();
            }
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<bool> AnyAsync(string? except, CancellationToken cancellationToken) =>
        (await users.GetAllUsersAsync(cancellationToken)).Any(user =>
            user is { Role: UserRole.Admin, IsDisabled: false } && user.Username != except
        );

    private static FailureException Last() =>
        new(
            new Failure(
                StatusCodes.Status409Conflict,
                "This is the last enabled administrator; make another one first."
            )
        );
}
