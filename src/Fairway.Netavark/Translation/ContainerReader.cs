using System.Collections.Immutable;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Netavark.Documents;

namespace Fairway.Netavark.Translation;

/// <summary>Reads what Podman sends to netavark, and what netavark sends to a plugin.</summary>
internal static class ContainerReader
{
    /// <summary>Whether a plugin is meant: it gets one network in place of many.</summary>
    public static bool IsForPlugin(ReadOnlySpan<byte> json) => RequestReader.Has(json, "network"u8) && !RequestReader.Has(json, "network_info"u8);

    /// <summary>Reads either form.</summary>
    /// <exception cref="FairwayException">InvalidArgument: it is neither.</exception>
    public static Container Read(ReadOnlySpan<byte> json) => IsForPlugin(json)
        ? Of(FairwayJson.ReadForeign(json, NetavarkJson.Default.PluginDocument))
        : Of(FairwayJson.ReadForeign(json, NetavarkJson.Default.ContainerDocument));

    private static Container Of(PluginDocument document) => new(Identity(document.ContainerId), document.ContainerName, null,
        [new Attachment(document.Network, document.NetworkOptions)], document.PortMappings ?? [], []);

    private static Container Of(ContainerDocument document)
    {
        var attachments = ImmutableArray.CreateBuilder<Attachment>(document.Networks.Count);
        foreach (var network in document.Networks)
        {
            if (!document.NetworkInfo.TryGetValue(network.Name, out var described))
                throw Refuse($"$.network_info has no network '{network.Name}', which $.networks names");
            if (attachments.Any(other => other.Network.Name == network.Name))
                throw Refuse($"$.networks names network '{network.Name}' twice; a container joins a network once");
            attachments.Add(new Attachment(described, network.Options));
        }
        if (attachments.Count == 0)
            throw Refuse("$.networks is empty; name the networks the container joins");
        return new Container(Identity(document.ContainerId), document.ContainerName, document.ContainerHostname,
            attachments.MoveToImmutable(), document.PortMappings ?? [], document.DnsServers ?? []);
    }

    private static string Identity(string id) => id.Length > 0 ? id : throw Refuse("$.container_id is empty; give the container's id");

    private static FairwayException Refuse(string message) => new(ErrorKind.InvalidArgument, "request", $"read request: {message}");
}
