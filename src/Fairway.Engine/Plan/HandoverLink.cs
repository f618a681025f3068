namespace Fairway.Engine.Plan;

/// <summary>The inside end of a handed-over endpoint while it is in the host's namespace, waiting for an engine to move it.</summary>
public static class HandoverLink
{
    /// <summary>Its name, 15 bytes.</summary>
    public static string NameOf(Guid endpoint) => $"fwi{endpoint.ToString("N")[..12]}";
}
