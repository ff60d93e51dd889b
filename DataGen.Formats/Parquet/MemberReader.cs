namespace DataGen.Formats.Parquet;

/// <summary>Takes the value of a member that is not null.</summary>
internal delegate T MemberReader<out T>(ref RecordMembers member);
