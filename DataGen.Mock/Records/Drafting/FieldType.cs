namespace DataGen.Mock.Records.Drafting;

/// <summary>The JSON types, with the two that text often stands for.</summary>
internal enum FieldType
{
    Text,
    Whole,
    Number,
    Flag,
    Date,
    Moment,
}
