using System.Net;

namespace Fairway.Engine.Plan;

/// <summary>What a sidecar gets of connections with a prefix; the longest decides.</summary>
/// <param name="Prefix">Of the other side.</param>
/// <param name="Outbound">Whether what is called there is led to it.</param>
/// <param name="Inbound">Whether who calls from there is.</param>
public sealed record SidecarPrefix(IPNetwork Prefix, bool Outbound, bool Inbound);
