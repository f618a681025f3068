using System.Collections.Immutable;
using Fairway.Api.Docker.Networks;
using Fairway.Engine.Operations;
using Fairway.Model.Endpoints;
using Fairway.Model.Names;
using Fairway.Model.Networks;

namespace Fairway.Api.Docker.Watching;

/// <summary>Says of networks and endpoints what Docker calls them. What cannot be a name of ours is left out: nobody could ask for it.</summary>
internal sealed class DockerNames(IHostNetworking host)
{
    // Model/Validation: what an owner and an endpoint may carry.
    private const int MaximumAliases = 31;
    private const int MaximumLabels = 256;
    private const int MaximumLabelLength = 4096;
    private const int MaximumText = 255;

    private const int ShortId = 12;

    public async Task DescribeAsync(DockerNetwork told, CancellationToken cancellation)
    {
        if (host.Networks.FirstOrDefault(network => Entry(network, told.Id) is not null) is not { } network)
            return;
        var (reference, entry) = (network.Spec.Id.ToString("D"), Entry(network, told.Id)!);
        var labels = Labels(told.Labels);
        if (entry.Name != told.Name || !Same(entry.Labels, labels))
            await host.SetEngineNetworkAsync(reference, entry with { Name = told.Name, Labels = labels }, cancellation);
        if (network.Spec.Name == DockerNetworks.ProvisionalName(told.Id) && ResourceName.Check(told.Name) is null && host.Networks.All(other => !other.Spec.Name.Equals(told.Name, StringComparison.OrdinalIgnoreCase)))
            await host.RenameNetworkAsync(reference, told.Name, cancellation);
    }

    public async Task DescribeAsync(ContainerDetails container, CancellationToken cancellation)
    {
        foreach (var attachment in container.NetworkSettings?.Networks?.Values ?? Enumerable.Empty<ContainerNetwork>())
        {
            if (attachment.EndpointID is not { Length: 64 } id || host.FindEndpoint(DockerId.ToGuid("EndpointID", id)) is not { Spec.HandedOver: true } endpoint)
                continue;
            var description = Describe(container, attachment);
            if (endpoint.Spec.Owner?.Id == container.Id && endpoint.Spec.Name == description.Name && endpoint.Spec.Aliases.SequenceEqual(description.Aliases))
                continue;
            await host.DescribeEndpointAsync(endpoint.Spec.Id.ToString("D"), description, cancellation);
        }
    }

    private static EndpointDescription Describe(ContainerDetails container, ContainerNetwork attachment)
    {
        var shortId = container.Id[..Math.Min(ShortId, container.Id.Length)];
        var name = container.Name.TrimStart('/');
        if (ResourceName.Check(name) is not null)
            name = shortId;
        ImmutableArray<string> aliases = [.. (attachment.Aliases ?? []).Append(shortId)
            .Where(alias => ResourceName.Check(alias) is null && !alias.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(MaximumAliases)];
        return new EndpointDescription
        {
            Name = name,
            Aliases = aliases,
            Owner = new Owner(DockerId.Engine, container.Id, Text(container.Name.TrimStart('/')), Text(container.Config?.Image), Labels(container.Config?.Labels)),
        };
    }

    private static EngineNetwork? Entry(Network network, string id) =>
        network.Spec.EngineNetworks.FirstOrDefault(other => other.Engine == DockerId.Engine && other.Id == id);

    private static string? Text(string? text) => string.IsNullOrEmpty(text) || text.Length > MaximumText || text.Any(char.IsControl) ? null : text;

    private static ImmutableDictionary<string, string>? Labels(Dictionary<string, string>? labels) => labels is not { Count: > 0 } ? null
        : labels.Where(label => label.Key.Length is > 0 and <= MaximumText && label.Value.Length <= MaximumLabelLength).Take(MaximumLabels).ToImmutableDictionary();

    private static bool Same(ImmutableDictionary<string, string>? one, ImmutableDictionary<string, string>? other) =>
        (one ?? ImmutableDictionary<string, string>.Empty).ToHashSet().SetEquals(other ?? ImmutableDictionary<string, string>.Empty);
}
