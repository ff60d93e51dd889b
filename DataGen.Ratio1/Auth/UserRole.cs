namespace DataGen.Ratio1.Auth;

/// <summary>What a user may do; stored in lower case.</summary>
public enum UserRole
{
    /// <summary>Works with own tasks.</summary>
    User,

    /// <summary>May also manage users.</summary>
    Admin,
}
