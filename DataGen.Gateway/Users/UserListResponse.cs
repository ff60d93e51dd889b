namespace DataGen.Gateway.Users;

/// <summary>All users, by name.</summary>
internal sealed record UserListResponse(IReadOnlyList<UserResponse> Items);
