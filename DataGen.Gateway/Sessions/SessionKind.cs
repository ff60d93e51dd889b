namespace DataGen.Gateway.Sessions;

/// <summary>How a session's token is sent.</summary>
internal enum SessionKind
{
    /// <summary>By the browser, in the cookie.</summary>
    Browser,

    /// <summary>By a script, as a bearer token.</summary>
    Token,
}
