namespace Fairway.Dataplane.Switch.Layout;

/// <summary>What a proxy gets (<c>FW_SIDECAR_*</c>); of a prefix the first two.</summary>
[Flags]
internal enum SidecarFlags : uint
{
    None = 0,
    /// <summary>What processes of its namespace call.</summary>
    Out = 1,
    /// <summary>What calls the endpoint.</summary>
    In = 2,
    /// <summary>But what one user's processes call.</summary>
    User = 4,
}
