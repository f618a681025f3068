using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Ports;

namespace Fairway.Client.Direct;

/// <summary>The answer to attach, read by hand for the reason <see cref="RequestWriter"/> gives. Members it does not know are skipped.</summary>
internal static class ResultReader
{
    /// <exception cref="JsonException">The text is not such a document.</exception>
    public static AttachResult Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        try
        {
            return new AttachResult(root.GetProperty("EndpointId").GetGuid(), Text(root, "EndpointName"), root.GetProperty("NetworkId").GetGuid(), Text(root, "InterfaceName"),
                Mac(Text(root, "MacAddress")), root.GetProperty("Mtu").GetInt32(),
                [.. Items(root, "Addresses").Select(item => new EndpointAddress(IPAddress.Parse(Text(item, "Address")), item.GetProperty("PrefixLength").GetInt32()))],
                [.. Texts(root, "Gateways").Select(IPAddress.Parse)], Dns(root), [.. Items(root, "Publications").Select(Publication)], root.GetProperty("Revision").GetInt64());
        }
        catch (Exception wrong) when (wrong is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException($"the answer to attach is not understood: {wrong.Message}", wrong);
        }
    }

    private static PortPublication Publication(JsonElement item) => new()
    {
        Protocol = item.TryGetProperty("Protocol", out var protocol) && protocol.ValueEquals("Udp"u8) ? TransportProtocol.Udp : TransportProtocol.Tcp,
        HostAddress = Optional(item, "HostAddress") is { } address ? IPAddress.Parse(address) : null,
        HostPort = item.GetProperty("HostPort").GetUInt16(),
        ContainerPort = item.GetProperty("ContainerPort").GetUInt16(),
        Count = item.TryGetProperty("Count", out var count) ? count.GetInt32() : 1,
        From = [.. Texts(item, "From").Select(IPNetwork.Parse)],
    };

    private static DnsSettings Dns(JsonElement root) => root.TryGetProperty("Dns", out var dns) && dns.ValueKind == JsonValueKind.Object
        ? new DnsSettings(Optional(dns, "Domain"), [.. Texts(dns, "Search")], [.. Texts(dns, "Servers")], [.. Texts(dns, "Options")])
        : DnsSettings.Empty;

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new FormatException($"'{text}' is no MAC address");

    private static string Text(JsonElement element, string name) => Optional(element, name) ?? throw new FormatException($"'{name}' is missing");

    private static string? Optional(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string> Texts(JsonElement element, string name) => Items(element, name).Select(item => item.GetString()!);

    private static ImmutableArray<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];
}
