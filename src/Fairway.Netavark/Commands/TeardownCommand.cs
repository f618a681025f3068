using Fairway.Client;
using Fairway.Model.Attach;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Model.Validation;
using Fairway.Netavark.Translation;

namespace Fairway.Netavark.Commands;

/// <summary><c>teardown</c>: takes a container off networks. What is gone already is no error, and one that stays does not keep the others.</summary>
internal sealed class TeardownCommand(FairwayClient client)
{
    /// <summary>Disconnects a container.</summary>
    /// <exception cref="FairwayException">Something is left.</exception>
    public async Task RunAsync(Container container, string netnsPath)
    {
        var problems = new List<FairwayException>();
        foreach (var attachment in container.Attachments)
        {
            try
            {
                await client.DetachAsync(new DetachRequest(container.Owner, attachment.Options.InterfaceName)).ConfigureAwait(false);
            }
            catch (FairwayException problem)
            {
                problems.Add(problem);
            }
        }
        if (problems is [var first, ..])
            throw problems.Count == 1 ? first : new FairwayException(first.Kind, first.Subject, string.Join("; ", problems.Select(problem => problem.Message).Distinct()), inner: first);
        if (container.Ports.Count > 0)
            await PublishElsewhereAsync(container, netnsPath).ConfigureAwait(false);
    }

    /// <summary>A container that leaves the network its ports were published with has them on another one, as long as it has one with a way in.</summary>
    private async Task PublishElsewhereAsync(Container container, string netnsPath)
    {
        var others = await Siblings.FindAsync(client, netnsPath, container.Owner).ConfigureAwait(false);
        var ports = PortTranslation.ToPublications(container.Ports, new FindingCollector());
        if (others.Any(endpoint => !endpoint.Spec.Publications.IsEmpty) || ports.IsEmpty)
            return;
        foreach (var endpoint in others)
        {
            if ((await client.GetNetworkAsync(endpoint.Spec.NetworkId.ToString("D")).ConfigureAwait(false)).Spec.Type == NetworkType.Nat)
            {
                await client.PublishAsync(endpoint.Spec.Id.ToString("D"), (IReadOnlyList<PortPublication>)ports).ConfigureAwait(false);
                return;
            }
        }
    }
}
