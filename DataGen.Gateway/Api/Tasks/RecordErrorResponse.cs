namespace DataGen.Gateway.Api.Tasks;

/// <summary>Why a record failed.</summary>
/// <param name="Index">Its index in the task.</param>
/// <param name="Message">The last attempt's failure.</param>
internal sealed record RecordErrorResponse(int Index, string Message);
