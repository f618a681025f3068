namespace Fairway.Api.Docker.Wire;

/// <summary>
/// One port of <c>-p</c>: <c>{"Proto":6,"IP":"","Port":80,"HostIP":"","HostPort":8080,"HostPortEnd":8080}</c>. Host port 0 is any; a HostPortEnd above
/// HostPort is any of the range.
/// </summary>
internal sealed record PortBinding(byte Proto, ushort Port, string? HostIP = null, ushort HostPort = 0, ushort HostPortEnd = 0);
