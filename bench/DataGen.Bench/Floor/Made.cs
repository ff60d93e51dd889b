namespace DataGen.Bench.Floor;

/// <summary>How records were made.</summary>
/// <param name="Task">The task's id.</param>
/// <param name="Rate">Records a second, from the first call to the last record stored.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="Cost">Processor time of the whole product for one.</param>
internal sealed record Made(string Task, double Rate, double Seconds, TimeSpan Cost);
