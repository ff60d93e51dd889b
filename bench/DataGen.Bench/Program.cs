using DataGen.Bench;

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
    case ["schemas", var folder]:
        return SchemaSuite.Run(folder) == 0 ? 0 : 1;
    default:
        await Console.Error.WriteLineAsync(
            "dotnet run -c Release --project bench/DataGen.Bench -- login [tries] | answers | explore [records] | schemas FOLDER"
        );
        return 2;
}
