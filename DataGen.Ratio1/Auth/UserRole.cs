namespace DataGen.Ratio1.Auth;

/// <summary>The role of a user; stored in lower case.</summary>
public enum UserRole
{
    /// <summary>Works with own tasks.</summary>
    User,

    /// <summary>May also manage users.</summary>
    Admin,
}
