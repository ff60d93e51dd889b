namespace DataGen.Formats.Parquet;

/// <summary>Reads the value of a member that is not null.</summary>
internal delegate T MemberReader<out T>(ref RecordMembers member);
