using System.Net;
using Fairway.Cli.CommandLine;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Model.Errors;

namespace Fairway.Cli.Exec;

/// <summary>The namespace a command is to run in.</summary>
/// <param name="Path">A path that opens it.</param>
/// <param name="Resolver">How names resolve inside; null leaves the host's way.</param>
internal sealed record NamespaceTarget(string Path, ResolverConfiguration? Resolver)
{
    public static async Task<NamespaceTarget> FindAsync(Session session, string reference)
    {
        try
        {
            return await AskAsync(session, reference);
        }
        catch (FairwayException e) when (e.Kind == ErrorKind.Unavailable && WithoutDaemon(session, reference) is { } path)
        {
            // The switch forwards without the daemon, and this is how one finds out.
            await session.Terminal.Error.WriteLineAsync($"fairway: {e.Message}; until then Fairway's names wait for an answer");
            return new NamespaceTarget(path, GatewaysOf(path));
        }
    }

    private static async Task<NamespaceTarget> AskAsync(Session session, string reference)
    {
        var found = await session.Client.GetNamespaceAsync(reference, session.Cancellation);
        var path = found.Spec.Path ?? throw new FairwayException(ErrorKind.Conflict, $"namespace '{reference}'", $"namespace '{reference}' has no path to enter it by");
        if (found.Endpoints.IsEmpty)
            return new NamespaceTarget(path, null);
        var networks = (await session.Client.ListNetworksAsync(session.Cancellation)).ToDictionary(network => network.Spec.Id);
        var attached = (await session.Client.ListEndpointsAsync(session.Cancellation))
            .Where(endpoint => endpoint.Spec.NamespaceId == found.Spec.Id && networks.ContainsKey(endpoint.Spec.NetworkId))
            .Select(endpoint => (endpoint, networks[endpoint.Spec.NetworkId]));
        var resolver = ResolverConfiguration.Of([.. attached]);
        return new NamespaceTarget(path, resolver.Servers.Count == 0 ? null : resolver);
    }

    /// <summary>Networks answer names at their gateways: the resolvers are where the default routes lead, which needs no daemon to find out.</summary>
    private static ResolverConfiguration? GatewaysOf(string path)
    {
        using var inside = NetworkNamespace.OpenPath(path);
        using var route = RouteNetlink.Open(inside);
        var gateways = route.ListRoutes(new RouteFilter { Table = RouteTable.Main }).Where(known => known.Destination.PrefixLength == 0).Select(known => known.Gateway);
        var resolver = ResolverConfiguration.At([.. gateways.OfType<IPAddress>()]);
        return resolver.Servers.Count == 0 ? null : resolver;
    }

    /// <summary>A namespace Fairway made has a path that follows from its name.</summary>
    private static string? WithoutDaemon(Session session, string reference) =>
        !reference.Contains('/') && NetworkNamespace.PathOf($"{session.Instance}-{reference}") is var path && File.Exists(path) ? path : null;
}
