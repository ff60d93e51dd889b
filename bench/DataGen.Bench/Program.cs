using DataGen.Bench;
using DataGen.Bench.Floor;

switch (args)
{
    case ["login", .. var rest]:
        await LoginTiming.RunAsync(
            rest is [var tries] ? int.Parse(tries, System.Globalization.CultureInfo.InvariantCulture) : 50
        );
        return 0;
    case ["answers"]:
        AnswerTiming.Run();
        return 0;
    case ["explore", .. var rest]:
        await ExploreTiming.RunAsync(
            rest is [var records] ? int.Parse(records, System.Globalization.CultureInfo.InvariantCulture) : 1_000_000
        );
        return 0;
    case ["floor", "--smoke"]:
        return await FloorTiming.SmokeAsync() ? 0 : 1;
    case ["floor", .. var parts]:
        return await FloorTiming.RunAsync(parts) ? 0 : 2;
    case ["serve", var latency]:
        await LoadServer.RunAsync(
            TimeSpan.FromMilliseconds(int.Parse(latency, System.Globalization.CultureInfo.InvariantCulture))
        );
        return 0;
    case ["loop", var server, var concurrency]:
        await BareLoop.RunAsync(
            new Uri(server),
            int.Parse(concurrency, System.Globalization.CultureInfo.InvariantCulture)
        );
        return 0;
    default:
        await Console.Error.WriteLineAsync(
            "dotnet run -c Release --project bench/DataGen.Bench -- floor [--smoke | part...] | login [tries] | answers | explore [records]"
        );
        return 2;
}
