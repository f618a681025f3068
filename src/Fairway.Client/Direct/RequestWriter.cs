using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fairway.Model.Attach;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Ports;

namespace Fairway.Client.Direct;

/// <summary>
/// The two requests of every container, written by hand: to have the contracts of <see cref="Model.Json.FairwayJson"/> ready takes a program that lives for five
/// milliseconds two of them. What is default is left out.
/// </summary>
internal static class RequestWriter
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(AttachRequest request) => Write(writer =>
    {
        writer.WriteString("Network", request.Network);
        WriteText(writer, "Endpoint", request.Endpoint);
        writer.WriteString("NetnsPath", request.NetnsPath);
        writer.WriteString("InterfaceName", request.InterfaceName);
        WriteTexts(writer, "Addresses", request.Addresses.Select(address => address.ToString()));
        WriteText(writer, "MacAddress", request.MacAddress?.ToString());
        WritePublications(writer, request.Publish);
        WriteTexts(writer, "Aliases", request.Aliases);
        WriteDns(writer, request.Dns);
        WriteRoutes(writer, request.Routes);
        WriteBandwidth(writer, request.Bandwidth);
        writer.WriteBoolean("FailIfAttached", request.FailIfAttached);
        if (request.Owner is { } owner)
            WriteOwner(writer, owner);
    });

    public static byte[] Write(DetachRequest request) => Write(writer =>
    {
        WriteOwner(writer, request.Owner);
        WriteText(writer, "InterfaceName", request.InterfaceName);
        WriteText(writer, "Network", request.Network);
    });

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var whole = new MemoryStream();
        using (var writer = new Utf8JsonWriter(whole, s_options))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return whole.ToArray();
    }

    private static void WritePublications(Utf8JsonWriter writer, ImmutableArray<PortPublication> publications)
    {
        writer.WriteStartArray("Publish");
        foreach (var publication in publications)
        {
            writer.WriteStartObject();
            writer.WriteString("Protocol", publication.Protocol == TransportProtocol.Udp ? "Udp" : "Tcp");
            WriteText(writer, "HostAddress", publication.HostAddress?.ToString());
            writer.WriteNumber("HostPort", publication.HostPort);
            writer.WriteNumber("ContainerPort", publication.ContainerPort);
            writer.WriteNumber("Count", publication.Count);
            WriteTexts(writer, "From", publication.From.Select(prefix => prefix.ToString()));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteDns(Utf8JsonWriter writer, DnsSettings dns)
    {
        writer.WriteStartObject("Dns");
        WriteText(writer, "Domain", dns.Domain);
        WriteTexts(writer, "Search", dns.Search);
        WriteTexts(writer, "Servers", dns.Servers);
        WriteTexts(writer, "Options", dns.Options);
        writer.WriteEndObject();
    }

    private static void WriteRoutes(Utf8JsonWriter writer, ImmutableArray<EndpointRoute> routes)
    {
        writer.WriteStartArray("Routes");
        foreach (var route in routes)
        {
            writer.WriteStartObject();
            writer.WriteString("Destination", route.Destination.ToString());
            WriteNumber(writer, "Metric", route.Metric);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteBandwidth(Utf8JsonWriter writer, BandwidthLimits? limits)
    {
        if (limits is null)
            return;
        writer.WriteStartObject("Bandwidth");
        WriteNumber(writer, "IncomingRate", limits.IncomingRate);
        WriteNumber(writer, "IncomingBurst", limits.IncomingBurst);
        WriteNumber(writer, "OutgoingRate", limits.OutgoingRate);
        WriteNumber(writer, "OutgoingBurst", limits.OutgoingBurst);
        writer.WriteEndObject();
    }

    private static void WriteOwner(Utf8JsonWriter writer, Owner owner)
    {
        writer.WriteStartObject("Owner");
        writer.WriteString("Engine", owner.Engine);
        writer.WriteString("Id", owner.Id);
        WriteText(writer, "Name", owner.Name);
        WriteText(writer, "Image", owner.Image);
        if (owner.Labels is { } labels)
        {
            writer.WriteStartObject("Labels");
            foreach (var (key, value) in labels)
                writer.WriteString(key, value);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
