using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Fairway.Model.Endpoints;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.LoadBalancers;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Routes;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;

namespace Fairway.Model.Tests.Hcn;

/// <summary>Members the schema does not know are put into every object of real documents, and must come back from each.</summary>
public sealed class UnknownMemberTests
{
    private static readonly Gen<JsonNode?> s_value = Gen.OneOf<JsonNode?>(
        Gen.Int.Select(JsonNode? (number) => JsonValue.Create(number)),
        Gen.String[Gen.Char.AlphaNumeric, 0, 8].Select(JsonNode? (text) => JsonValue.Create(text)),
        Gen.Bool.Select(JsonNode? (truth) => JsonValue.Create(truth)),
        Gen.Const((JsonNode?)null),
        Gen.Int.Array[0, 3].Select(JsonNode? (numbers) => new JsonArray([.. numbers.Select(number => (JsonNode)number)])),
        Gen.Int.Select(JsonNode? (number) => new JsonObject { ["Inner"] = number }));

    [Theory]
    [MemberData(nameof(Documents))]
    public void UnknownMembers_OfEveryObject_AreReadAndWritten(string sample, string kind) => s_value.List[40].Sample(values =>
    {
        JsonNode document = Injected(sample, values, out int count);

        JsonNode back = JsonNode.Parse(ReadAndWrite(kind, Utf8(document)))!;

        Assert.True(count > 0);
        AssertContains(document, back, "$");
    }, iter: 20);

    [Theory]
    [InlineData("network-go-nat")]
    [InlineData("network-go-dual-stack")]
    [InlineData("network-powershell-internal")]
    [InlineData("network-hns-docker-nat")]
    public void UnknownMembers_OfANetwork_AreReturned(string sample) => s_value.List[40].Sample(values =>
    {
        JsonNode document = Injected($"{sample}.json", values, out int count);
        NetworkSpec spec = HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork(Utf8(document)));

        string returned = HcnJson.Write(HcnNetworkTranslation.ToDocument(new Network(spec with { Id = Guid.NewGuid() }, 1, 1500, 1)));

        AssertMentions(returned, count);
    }, iter: 20);

    [Theory]
    [InlineData("endpoint-go-nat")]
    [InlineData("endpoint-multipass")]
    [InlineData("endpoint-hns-docker")]
    public void UnknownMembers_OfAnEndpoint_AreReturned(string sample) => s_value.List[40].Sample(values =>
    {
        JsonNode document = Injected($"{sample}.json", values, out int count);
        EndpointSpec spec = HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(Utf8(document)), SampleTests.Web);

        string returned = HcnJson.Write(HcnEndpointTranslation.ToDocument(SampleTests.Stored(spec), SampleTests.Web));

        AssertMentions(returned, count);
    }, iter: 20);

    [Theory]
    [InlineData("namespace-adopted")]
    [InlineData("namespace-go-host-default")]
    public void UnknownMembers_OfANamespace_AreReturned(string sample) => s_value.List[40].Sample(values =>
    {
        JsonNode document = Injected($"{sample}.json", values, out int count);
        var spec = HcnNamespaceTranslation.ToSpec(HcnReader.ReadNamespace(Utf8(document)));

        string returned = HcnJson.Write(HcnNamespaceTranslation.ToDocument(new(spec with { Id = Guid.NewGuid() }, [], 1)));

        AssertMentions(returned, count);
    }, iter: 20);

    public static TheoryData<string, string> Documents()
    {
        var documents = new TheoryData<string, string>();
        foreach (var name in Sample.Names("*.json").Where(name => !name.Contains(".spec.", StringComparison.Ordinal) && !name.Contains("hns", StringComparison.Ordinal)))
            documents.Add(name, name.Split('-')[0]);
        return documents;
    }

    private static byte[] ReadAndWrite(string kind, byte[] json) => kind switch
    {
        "network" => HcnJson.WriteUtf8(HcnJson.Read<HostComputeNetwork>(json)),
        "endpoint" => HcnJson.WriteUtf8(HcnJson.Read<HostComputeEndpoint>(json)),
        "namespace" => HcnJson.WriteUtf8(HcnJson.Read<HostComputeNamespace>(json)),
        "loadbalancer" => HcnJson.WriteUtf8(HcnJson.Read<HostComputeLoadBalancer>(json)),
        _ => HcnJson.WriteUtf8(HcnJson.Read<HostComputeRoute>(json)),
    };

    private static byte[] Utf8(JsonNode document) => Encoding.UTF8.GetBytes(document.ToJsonString());

    private static JsonNode Injected(string sample, List<JsonNode?> values, out int count)
    {
        JsonNode document = JsonNode.Parse(Sample.Bytes($"Hcn/{sample}"))!;
        var next = 0;
        Inject(document);
        count = next;
        return document;

        void Inject(JsonNode? node)
        {
            switch (node)
            {
                case JsonArray array:
                    foreach (var element in array) Inject(element);
                    break;
                case JsonObject members:
                    foreach (var member in members.ToList()) Inject(member.Value);
                    members[$"Future{next.ToString(CultureInfo.InvariantCulture)}_"] = values[next++ % values.Count]?.DeepClone();
                    break;
                default:
                    break;
            }
        }
    }

    private static void AssertMentions(string returned, int count)
    {
        for (var i = 0; i < count; i++) Assert.Contains($"\"Future{i}_\":", returned, StringComparison.Ordinal);
    }

    // What was sent is there again. Known members may look different: numbers for names, upper case for ids, nothing for null.
    private static void AssertContains(JsonNode? sent, JsonNode? back, string path)
    {
        if (sent is JsonArray elements)
        {
            var there = Assert.IsType<JsonArray>(back);
            for (var i = 0; i < elements.Count; i++) AssertContains(elements[i], there[i], $"{path}[{i}]");
        }
        if (sent is not JsonObject members) return;
        var found = Assert.IsType<JsonObject>(back);
        foreach (var (name, value) in members)
        {
            if (name.StartsWith("Future", StringComparison.Ordinal))
                Assert.True(found.ContainsKey(name) && JsonNode.DeepEquals(value, found[name]), $"{path}.{name}: sent {value?.ToJsonString()}, back {found[name]?.ToJsonString()}");
            else if (value is JsonObject or JsonArray)
                AssertContains(value, found.First(member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value, $"{path}.{name}");
        }
    }
}
