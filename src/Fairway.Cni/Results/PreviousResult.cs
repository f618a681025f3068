using System.Globalization;
using System.Text.Json;
using Fairway.Cni.Configuration;
using Fairway.Cni.Protocol;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;

namespace Fairway.Cni.Results;

/// <summary>The result of the plugins before this one. What is not ours to change is passed on as it came.</summary>
internal sealed class PreviousResult
{
    private readonly Node[] _interfaces;
    private readonly Node[] _addresses;

    private PreviousResult(Node node)
    {
        Node = node;
        _interfaces = [.. Items("interfaces")];
        _addresses = [.. Items("ips")];
        Routes = [.. Items("routes")];
    }

    /// <summary>The whole.</summary>
    public Node Node { get; }

    public IReadOnlyList<Node> Interfaces => _interfaces;

    public IReadOnlyList<Node> Addresses => _addresses;

    public IReadOnlyList<Node> Routes { get; }

    /// <summary>Whether it names servers: those of the plugin before stay.</summary>
    public bool HasNameServers => Node.Member("dns")?.Member("nameservers")?.Items().Any() == true;

    /// <summary>Reads it, or null when this plugin is the first.</summary>
    /// <exception cref="CniException">InvalidConfiguration: it is no result of the version.</exception>
    public static PreviousResult? Read(NetworkConfiguration configuration)
    {
        if (configuration.PreviousResult is not { } node)
            return null;
        if (node.Member("cniVersion") is { } version && version.Text() != configuration.Version.Text)
            throw version.Wrong($"the result is of version '{version.Text()}' and the configuration of version '{configuration.Version.Text}'; both must be the same");
        return new PreviousResult(node);
    }

    /// <summary>Which interface has this name in this namespace, or null.</summary>
    public int? InterfaceAt(string name, string sandbox)
    {
        var index = Array.FindIndex(_interfaces, link => link.Member("name")?.Text() == name && link.Member("sandbox")?.Text() == sandbox);
        return index < 0 ? null : index;
    }

    /// <summary>The MAC of an interface, or null when it tells none.</summary>
    public MacAddress? MacOf(int index) => _interfaces[index].Member("mac")?.Text() is { } text && MacAddress.TryParse(text, out var mac) ? mac : null;

    /// <summary>The addresses of an interface.</summary>
    public IEnumerable<EndpointAddress> AddressesOf(int index) =>
        from item in _addresses
        where item.Member("interface") is { } at && at.Number(0, int.MaxValue) == index
        select AddressOf(item);

    private static EndpointAddress AddressOf(Node item)
    {
        var value = item.Member("address") ?? throw item.Wrong("'address' is missing");
        return AskedAddress.TryParse(value.Text(), out var error) is { PrefixLength: { } length } parsed
            ? new EndpointAddress(parsed.Address, length)
            : throw value.Wrong(error ?? $"'{value.Text()}' has no prefix length");
    }

    private IEnumerable<Node> Items(string name) => Node.Member(name)?.Items().Select(item => item.Element.ValueKind == JsonValueKind.Object
        ? item
        : throw item.Wrong(string.Create(CultureInfo.InvariantCulture, $"{item.Element.ValueKind} is not an object"))) ?? [];
}
