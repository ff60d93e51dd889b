namespace DataGen.AppHost.Embedded;

internal static class Program
{
    private static void Main() => Console.WriteLine(typeof(Web.Program));
}
