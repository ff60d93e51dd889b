using DataGen.Gateway.Problems;
using DataGen.Ratio1.Auth;

namespace DataGen.Gateway.Users;

/// <summary>Keeps the last enabled administrator: without one nobody could make another.</summary>
internal sealed class Administrators(IUserStore users) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>
    /// Makes a change that takes an administrator away, unless that is the last. Changes here follow one another; CStore
    /// has no compare-and-set, so that two replicas may each take away the other's last: then each finds none left and takes
    /// its own change back.
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

            // From here on to the end: a caller that goes away must not leave it half done.
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
