using Fairway.Client;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Validation;
using Fairway.Netavark.Creation;
using Fairway.Netavark.Documents;
using Fairway.Netavark.Translation;

namespace Fairway.Netavark.Commands;

/// <summary>
/// <c>create</c>: completes a network's configuration. Podman keeps it; in Fairway the network comes into being with its first container.
/// Two callers: Podman 6, which says what is taken, and netavark on behalf of its plugin, which does not.
/// </summary>
internal sealed class CreateCommand(FairwayClient client, TimeProvider time)
{
    /// <summary>Completes a network.</summary>
    /// <param name="json">The request.</param>
    /// <returns>The network.</returns>
    /// <exception cref="FairwayException">It is malformed, in the way of another one, or more than Fairway does.</exception>
    public async Task<NetworkDocument> RunAsync(ReadOnlyMemory<byte> json)
    {
        if (RequestReader.Has(json.Span, "used"u8))
        {
            var creation = FairwayJson.ReadForeign(json.Span, NetavarkJson.Default.CreationDocument);
            return Check(NetworkCompletion.Complete(creation, time.GetUtcNow()));
        }
        var network = FairwayJson.ReadForeign(json.Span, NetavarkJson.Default.NetworkDocument);
        var used = (await client.ListNetworksAsync().ConfigureAwait(false)).ToList();
        return Check(NetworkCompletion.Complete(network, used, time.GetUtcNow()));
    }

    private static NetworkDocument Check(NetworkDocument network)
    {
        var findings = new FindingCollector();
        if (NetworkTranslation.Joined(network) is not null)
            NetworkTranslation.Check(network, findings);
        else if (NetworkTranslation.ToSpec(network, findings) is { } spec)
            NetworkSpecValidator.Validate(spec, findings);
        FairwayException.ThrowIfAny($"create network '{network.Name}'", $"network '{network.Name}'", findings.Findings);
        return network;
    }
}
