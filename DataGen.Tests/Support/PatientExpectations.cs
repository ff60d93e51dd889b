using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace DataGen.Tests.Support;

/// <summary>What is expected of a page in a browser may take long where the machine has much else to do; Playwright's
/// own limit is five seconds.</summary>
internal static class PatientExpectations
{
    internal const float Milliseconds = 45_000;

    [ModuleInitializer]
    internal static void Apply() => Assertions.SetDefaultExpectTimeout(Milliseconds);
}
