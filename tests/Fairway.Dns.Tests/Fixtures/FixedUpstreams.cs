using System.Net;

namespace Fairway.Dns.Tests.Fixtures;

/// <summary>Name servers that a test sets.</summary>
internal sealed class FixedUpstreams(params IPEndPoint[] servers) : IUpstreamSource
{
    public UpstreamConfiguration Current { get; set; } = new() { Servers = [.. servers] };
}
