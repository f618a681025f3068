using System.Net.Sockets;
using System.Text.Json;
using Fairway.Cni.Configuration;
using Fairway.Cni.Protocol;
using Fairway.Model.Attach;
using Fairway.Model.Dns;

namespace Fairway.Cni.Results;

/// <summary>The answer to ADD, in the version that was asked in: what the plugins before answered, and this interface behind it.</summary>
internal sealed class AddResult(CniVersion version, CniEnvironment environment, AttachResult attached, PreviousResult? previous)
{
    public void Write(Stream output) => ResultWriter.Write(output, version, writer =>
    {
        WriteList(writer, "interfaces", previous?.Interfaces, WriteInterface);
        WriteList(writer, "ips", previous?.Addresses, WriteAddresses);
        WriteList(writer, "routes", previous?.Routes, WriteRoutes);
        WriteDns(writer);
        foreach (var (name, value) in previous?.Node.Members() ?? [])
        {
            if (name is "cniVersion" or "interfaces" or "ips" or "routes" or "dns")
                continue;
            writer.WritePropertyName(name);
            value.Element.WriteTo(writer);
        }
    });

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<Node>? before, Action<Utf8JsonWriter> ours)
    {
        writer.WriteStartArray(name);
        foreach (var item in before ?? [])
            item.Element.WriteTo(writer);
        ours(writer);
        writer.WriteEndArray();
    }

    private void WriteInterface(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", attached.InterfaceName);
        writer.WriteString("mac", attached.MacAddress.ToString());
        if (version.InterfacesHaveMtu)
            writer.WriteNumber("mtu", attached.Mtu);
        writer.WriteString("sandbox", environment.NetnsPath);
        writer.WriteEndObject();
    }

    private void WriteAddresses(Utf8JsonWriter writer)
    {
        foreach (var given in attached.Addresses)
        {
            var family = given.Address.AddressFamily;
            writer.WriteStartObject();
            if (version.AddressesHaveVersions)
                writer.WriteString("version", family == AddressFamily.InterNetwork ? "4" : "6");
            writer.WriteNumber("interface", previous?.Interfaces.Count ?? 0);
            writer.WriteString("address", $"{given.Address}/{given.PrefixLength}");
            if (attached.Gateways.FirstOrDefault(gateway => gateway.AddressFamily == family) is { } gateway)
                writer.WriteString("gateway", gateway.ToString());
            writer.WriteEndObject();
        }
    }

    private void WriteRoutes(Utf8JsonWriter writer)
    {
        foreach (var gateway in attached.Gateways)
        {
            writer.WriteStartObject();
            writer.WriteString("dst", gateway.AddressFamily == AddressFamily.InterNetwork ? "0.0.0.0/0" : "::/0");
            writer.WriteString("gw", gateway.ToString());
            writer.WriteEndObject();
        }
    }

    /// <summary>Whoever gave the container its first way out gave it its name servers too.</summary>
    private void WriteDns(Utf8JsonWriter writer)
    {
        if (previous is { HasNameServers: true } && previous.Node.Member("dns") is { } before)
        {
            writer.WritePropertyName("dns");
            before.Element.WriteTo(writer);
            return;
        }
        WriteDns(writer, attached.Dns);
    }

    private static void WriteDns(Utf8JsonWriter writer, DnsSettings dns)
    {
        writer.WriteStartObject("dns");
        WriteTexts(writer, "nameservers", dns.Servers);
        if (dns.Domain is { } domain)
            writer.WriteString("domain", domain);
        WriteTexts(writer, "search", dns.Search);
        WriteTexts(writer, "options", dns.Options);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
