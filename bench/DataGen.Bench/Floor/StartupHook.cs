/// <summary>Runs first in a process that is measured (<c>DOTNET_STARTUP_HOOKS</c>): it answers every line of the input
/// with how many bytes the process has allocated since its start. Its name, and that it is in no namespace, are the
/// runtime's.</summary>
internal static class StartupHook
{
    /// <summary>What an answer begins with; the process prints other lines too.</summary>
    public const string Answer = "allocated ";

    /// <summary>Called by the runtime.</summary>
    public static void Initialize() =>
        new Thread(() =>
        {
            while (Console.In.ReadLine() is not null)
            {
                Console.Out.WriteLine($"{Answer}{GC.GetTotalAllocatedBytes()}");
            }
        })
        {
            IsBackground = true,
        }.Start();
}
