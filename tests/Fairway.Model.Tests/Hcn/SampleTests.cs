using System.Net;
using System.Text;
using System.Text.Json;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Json;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;

namespace Fairway.Model.Tests.Hcn;

/// <summary>Documents as real clients send them: the spec they become, and the document that is returned once addresses are allocated.</summary>
public sealed class SampleTests
{
    private static readonly Guid s_picked = Guid.Parse("11111111-2222-4333-8444-555555555555");

    internal static readonly Network Web = new(new NetworkSpec
    {
        Id = Guid.Parse("71cd3b74-1a0a-447e-bf9e-3716c6652176"),
        Name = "web",
        Subnets =
        [
            new SubnetSpec(IPNetwork.Parse("10.1.0.0/16"), IPAddress.Parse("10.1.0.1")),
            new SubnetSpec(IPNetwork.Parse("fd00:10:1::/64"), IPAddress.Parse("fd00:10:1::1")),
        ],
    }, 1, 1500, 1);

    [Theory]
    [InlineData("network-go-nat")]
    [InlineData("network-go-dual-stack")]
    [InlineData("network-powershell-internal")]
    [InlineData("network-minimal")]
    [InlineData("network-hns-docker-nat")]
    public void Network_BecomesASpec_AndIsReturnedCompleted(string name)
    {
        NetworkSpec spec = HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork(Sample.Bytes($"Hcn/{name}.json")));
        Network stored = new(Completed(spec), 1, 1500, 7);

        HostComputeNetwork returned = HcnNetworkTranslation.ToDocument(stored);

        Sample.AssertGolden($"Hcn/{name}.spec.json", FairwayJson.SerializeIndented(spec with { Document = null }));
        Sample.AssertGolden($"Hcn/{name}.returned.json", Indented(returned));
        AssertAcceptedAgain(HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork(HcnJson.WriteUtf8(returned))), stored.Spec);
    }

    [Theory]
    [InlineData("endpoint-go-nat")]
    [InlineData("endpoint-powershell-named")]
    [InlineData("endpoint-multipass")]
    [InlineData("endpoint-hns-docker")]
    public void Endpoint_BecomesASpec_AndIsReturnedCompleted(string name)
    {
        EndpointSpec spec = HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(Sample.Bytes($"Hcn/{name}.json")), Web);
        Endpoint stored = Stored(spec);

        HostComputeEndpoint returned = HcnEndpointTranslation.ToDocument(stored, Web);

        Sample.AssertGolden($"Hcn/{name}.spec.json", FairwayJson.SerializeIndented(spec with { Document = null }));
        Sample.AssertGolden($"Hcn/{name}.returned.json", Indented(returned));
        AssertAcceptedAgain(HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(HcnJson.WriteUtf8(returned)), Web),
            stored.Spec with { Addresses = [.. stored.Addresses.Select(address => address.Address)], MacAddress = stored.MacAddress });
    }

    [Theory]
    [InlineData("namespace-go-host-default")]
    [InlineData("namespace-adopted")]
    public void Namespace_BecomesASpec_AndIsReturnedCompleted(string name)
    {
        NamespaceSpec spec = HcnNamespaceTranslation.ToSpec(HcnReader.ReadNamespace(Sample.Bytes($"Hcn/{name}.json")));
        NetworkNamespace stored = new(spec with
        {
            Id = spec.Id == Guid.Empty ? s_picked : spec.Id,
            Path = spec.Path ?? "/run/netns/fairway-c1",
            Owned = spec.Path is null,
            CompartmentId = spec.CompartmentId == 0 ? 2 : spec.CompartmentId,
        }, [s_picked], 3);

        HostComputeNamespace returned = HcnNamespaceTranslation.ToDocument(stored);

        Sample.AssertGolden($"Hcn/{name}.spec.json", FairwayJson.SerializeIndented(spec with { Document = null }));
        Sample.AssertGolden($"Hcn/{name}.returned.json", Indented(returned));
    }

    // What the engine does: ids, subnets and gateways.
    private static NetworkSpec Completed(NetworkSpec spec) => spec with
    {
        Id = spec.Id == Guid.Empty ? s_picked : spec.Id,
        Subnets = spec.Subnets is [] ? Web.Spec.Subnets : [.. spec.Subnets.Select(subnet => subnet with { Gateway = subnet.Gateway ?? subnet.Prefix.FirstUsable })],
    };

    internal static Endpoint Stored(EndpointSpec spec)
    {
        var ports = 49152;
        var addresses = spec.Addresses.IsEmpty ? [IPAddress.Parse("10.1.0.2"), IPAddress.Parse("fd00:10:1::2")] : spec.Addresses;
        return new Endpoint(
            spec with
            {
                Id = spec.Id == Guid.Empty ? s_picked : spec.Id,
                Name = spec.Name ?? "ep-11111111",
                Publications = [.. spec.Publications.Select(publication => publication.HostPort == 0 ? publication with { HostPort = (ushort)ports++ } : publication)],
            },
            3, 1, spec.MacAddress ?? new MacAddress(0x0211aabbccdd),
            [.. addresses.Select(address => new EndpointAddress(address, Web.Spec.Subnets.FirstOrDefault(subnet => subnet.Prefix.Covers(address))?.Prefix.PrefixLength ?? 24))],
            spec.NamespaceId is null ? EndpointState.Created : EndpointState.Attached, null, 9);
    }

    // A returned document can be sent again and asks for what is there.
    private static void AssertAcceptedAgain(NetworkSpec again, NetworkSpec stored) =>
        Assert.Equal(FairwayJson.Serialize(stored with { Document = null }), FairwayJson.Serialize(again with { Document = null }));

    private static void AssertAcceptedAgain(EndpointSpec again, EndpointSpec stored) =>
        Assert.Equal(FairwayJson.Serialize(stored with { Document = null }), FairwayJson.Serialize(again with { Document = null }));

    private static string Indented<T>(T document)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = HcnJson.Options.Encoder }))
            JsonSerializer.Serialize(writer, document, HcnJson.Options.GetTypeInfo(typeof(T)));
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
