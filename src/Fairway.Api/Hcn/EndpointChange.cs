using Fairway.Engine.Operations;
using Fairway.Model.Hcn.Modify;

namespace Fairway.Api.Hcn;

/// <summary>Makes a change of an endpoint that three operations carry out: settings, access rules, port mappings. When a later one is refused, settings come back.</summary>
internal sealed class EndpointChange(IHostNetworking host, Endpoint endpoint)
{
    private readonly string _reference = endpoint.Spec.Id.ToString();

    public async Task MakeAsync(EndpointModification modification, CancellationToken cancellation)
    {
        if (modification.RequestType == ModifyRequestType.Refresh)
            await host.RefreshEndpointAsync(_reference, cancellation);
        var (withdraw, publish) = modification.For(endpoint);
        if (!modification.Settings.IsEmpty)
            await host.ChangeEndpointAsync(_reference, modification.Settings.For, cancellation);
        try
        {
            if (modification.IsAboutRules)
                await host.ChangeEndpointPoliciesAsync(_reference, modification.For, cancellation);
            await new PublicationExchange(host, endpoint).MakeAsync(withdraw, publish, cancellation);
        }
        catch when (!modification.Settings.IsEmpty)
        {
            await host.ChangeEndpointAsync(_reference, _ => endpoint.Spec, CancellationToken.None);
            throw;
        }
    }
}
