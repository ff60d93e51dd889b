using System.Collections.Concurrent;
using System.Security.Cryptography;
using DataGen.Ratio1.Auth;

namespace DataGen.Tests.Ratio1.Auth;

/// <summary>A fast stand-in for Argon2 that counts what is asked of it.</summary>
internal sealed class CountingHash
{
    private int count;

    public int Count => count;

    public ConcurrentQueue<PasswordAlgorithm> Algorithms { get; } = [];

    public byte[] Compute(PasswordAlgorithm algorithm, byte[] password, byte[] salt, byte[] pepper)
    {
        Algorithms.Enqueue(algorithm);
        Interlocked.Increment(ref count);
        return SHA256.HashData([.. password, .. salt, .. pepper]);
    }
}
