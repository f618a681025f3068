using Fairway.Client.Direct;
using Fairway.Model.Attach;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Networks;

namespace Fairway.Client.Transport;

/// <summary>Requests that both clients make, the one that waits and the one that blocks.</summary>
internal static class Calls
{
    public static Call Attach(AttachRequest request) => new(HttpMethod.Post, "/v1/attach", "attach",
        $"namespace '{request.NetnsPath}' to network '{request.Network}'", RequestWriter.Write(request));

    public static Call Detach(DetachRequest request) => new(HttpMethod.Post, "/v1/detach", "detach",
        $"'{request.Owner.Engine}:{request.Owner.Id}'", RequestWriter.Write(request));

    public static Call GetNetwork(string reference) => new(HttpMethod.Get, Path("networks", reference), "find", $"network '{reference}'");

    public static Call CreateNetwork(NetworkSpec spec) =>
        new(HttpMethod.Post, "/v1/networks", "create", $"network '{spec.Name}'", FairwayJson.SerializeToUtf8(spec));

    public static Call DeleteNetwork(string reference) => new(HttpMethod.Delete, Path("networks", reference), "delete", $"network '{reference}'");

    public static Call ListEndpoints() => new(HttpMethod.Get, "/v1/endpoints", "list", "endpoints");

    public static Call GetHealth() => new(HttpMethod.Get, "/v1/health", "read", "the daemon's health");

    /// <summary>The path of one resource.</summary>
    public static string Path(string collection, string reference) => $"/v1/{collection}/{Escape(reference)}";

    /// <summary>A reference may be <c>network/name</c>, or a path: its slashes belong to it.</summary>
    private static string Escape(string reference)
    {
        ArgumentException.ThrowIfNullOrEmpty(reference);
        // "." and ".." would be taken out of the path before it is sent.
        return reference is "." or ".."
            ? throw new FairwayException(ErrorKind.InvalidArgument, $"'{reference}'", $"'{reference}' is no name and no id")
            : Uri.EscapeDataString(reference);
    }
}
