using System.Collections.Immutable;
using Fairway.Engine.Operations;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Names;

namespace Fairway.Api.Containerd;

/// <summary>
/// Says of CNI's endpoints what containerd knows of them: the plugin is told an id. A pod has the images of all its containers; a container that has a name
/// of its own is found by that too.
/// </summary>
internal sealed class WorkloadImages(IHostNetworking host)
{
    public const string Engine = "cni";

    // Model/Validation: what an owner may carry.
    private const int MaximumText = 255;

    /// <summary>Notes that a container is behind the endpoints of its workload, if there are any.</summary>
    public async Task NoteAsync(ContainerdContainer container, CancellationToken cancellation)
    {
        foreach (var endpoint in host.Endpoints)
        {
            if (endpoint.Spec is not { Name: { } name, Owner: { Engine: Engine } owner } || owner.Id != container.Workload) continue;
            var told = owner with { Name = Text(container.Name) ?? owner.Name, Image = Joined(owner.Image, container.Image) };
            if (told != owner)
                await DescribeAsync(endpoint, new EndpointDescription { Name = name, Aliases = Aliases(endpoint.Spec, container.Name), Owner = told }, cancellation);
        }
    }

    private static string? Joined(string? known, string image)
    {
        string[] images = known?.Split(", ") ?? [];
        if (Text(image) is null || images.Contains(image)) return known;
        var joined = string.Join(", ", images.Append(image));
        return joined.Length <= MaximumText ? joined : known;
    }

    private static ImmutableArray<string> Aliases(EndpointSpec spec, string? name) =>
        name is null || ResourceName.Check(name) is not null || spec.Aliases.Append(spec.Name).Contains(name, StringComparer.OrdinalIgnoreCase) ? spec.Aliases : spec.Aliases.Add(name);

    private static string? Text(string? text) => string.IsNullOrEmpty(text) || text.Length > MaximumText || text.Any(char.IsControl) ? null : text;

    private async Task DescribeAsync(Endpoint endpoint, EndpointDescription description, CancellationToken cancellation)
    {
        try
        {
            await host.DescribeEndpointAsync(endpoint.Spec.Id.ToString("D"), description, cancellation);
        }
        catch (FairwayException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            // The container was quicker to end than we to ask.
        }
    }
}
