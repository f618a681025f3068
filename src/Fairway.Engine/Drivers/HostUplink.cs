namespace Fairway.Engine.Drivers;

/// <summary>A device of the host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mtu">Its MTU in bytes.</param>
/// <param name="Obstacle">Why no endpoints can be behind it, with the remedy; null when they can.</param>
public sealed record HostUplink(string Name, int Mtu, string? Obstacle = null);
