using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fairway.Api.Transport;

/// <summary>One side of the door: Kestrel serves one version of HTTP per endpoint.</summary>
internal sealed class HttpDoorEndPoint(string socketPath, HttpProtocols protocol) : EndPoint
{
    public HttpProtocols Protocol => protocol;

    public override string ToString() => $"unix:{socketPath} ({protocol})";
}
