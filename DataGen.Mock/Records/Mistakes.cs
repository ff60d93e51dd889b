namespace DataGen.Mock.Records;

/// <summary>What the demo model does wrong with a record when it is told to.</summary>
[Flags]
internal enum Mistakes
{
    None = 0,
    IgnoresSchema = 1,

    /// <summary>The record is the first one of its prompt; only the values that the prompt gives are its own.</summary>
    CopiesFirst = 2,

    /// <summary>The first member has a value of another type.</summary>
    WrongType = 4,

    /// <summary>The first value that the prompt gives is changed.</summary>
    ChangesGivenValue = 8,
}
