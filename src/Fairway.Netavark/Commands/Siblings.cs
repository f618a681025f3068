using Fairway.Client;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Netavark.Commands;

/// <summary>The other endpoints of a container, found by its namespace.</summary>
internal static class Siblings
{
    /// <summary>Finds them; a namespace nobody knows has none.</summary>
    public static async Task<IReadOnlyList<Endpoint>> FindAsync(FairwayClient client, string netnsPath, Owner owner)
    {
        try
        {
            var endpoints = new List<Endpoint>();
            foreach (var id in (await client.GetNamespaceAsync(netnsPath).ConfigureAwait(false)).Endpoints)
                endpoints.Add(await client.GetEndpointAsync(id.ToString("D")).ConfigureAwait(false));
            return [.. endpoints.Where(endpoint => endpoint.Spec.Owner is { } other && other.Engine == owner.Engine && other.Id == owner.Id)];
        }
        catch (FairwayException absent) when (absent.Kind == ErrorKind.NotFound)
        {
            return [];
        }
    }
}
