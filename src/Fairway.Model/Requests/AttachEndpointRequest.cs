namespace Fairway.Model.Requests;

/// <summary>What <c>POST /v1/endpoints/{reference}/attach</c> takes: one of namespace and path.</summary>
public sealed record AttachEndpointRequest
{
    /// <summary>Namespace name, id or unambiguous id prefix.</summary>
    public string? Namespace { get; init; }
    /// <summary>A path that opens a namespace Fairway did not make.</summary>
    public string? NetnsPath { get; init; }
    /// <summary>Interface name inside; null keeps the one the endpoint was created with.</summary>
    public string? InterfaceName { get; init; }
}
