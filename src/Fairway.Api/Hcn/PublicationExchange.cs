using System.Collections.Immutable;
using Fairway.Engine.Operations;
using Fairway.Model.Ports;

namespace Fairway.Api.Hcn;

/// <summary>Replaces publications of an endpoint. Old ones go first, because new ones may want their ports; they come back when the new ones are refused.</summary>
internal sealed class PublicationExchange(IHostNetworking host, Endpoint endpoint)
{
    private readonly string _reference = endpoint.Spec.Id.ToString();

    public async Task MakeAsync(ImmutableArray<PortPublication> withdraw, ImmutableArray<PortPublication> publish, CancellationToken cancellation)
    {
        if (!withdraw.IsEmpty) await host.UnpublishAsync(_reference, withdraw, cancellation);
        if (publish.IsEmpty) return;
        try
        {
            await host.PublishAsync(_reference, publish, cancellation);
        }
        catch when (!withdraw.IsEmpty)
        {
            await host.PublishAsync(_reference, withdraw, CancellationToken.None);
            throw;
        }
    }
}
