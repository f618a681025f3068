using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Tests.Hcn;

/// <summary>docs/spec/hcn.md is true: it names every member, its flags and policies behave as it says, and its proofs exist.</summary>
public sealed partial class SpecificationTests
{
    /// <summary>What a network behind an uplink needs.</summary>
    private const string Lan = """ "Ipams":[{"Subnets":[{"IpAddressPrefix":"192.0.2.0/24","Routes":[{"NextHop":"192.0.2.1","DestinationPrefix":"0.0.0.0/0"}]}]}] """;

    private static readonly Dictionary<string, List<string[]>> s_sections = ReadSections();

    [Fact]
    public void Proofs_Exist()
    {
        var proofs = s_sections.Values.SelectMany(rows => rows).SelectMany(row => Proof().Matches(row[^1])).Select(match => match.Groups["test"].Value).Distinct().ToList();
        var tests = typeof(SpecificationTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet();

        Assert.True(proofs.Count > 20);
        Assert.DoesNotContain(proofs, proof => !tests.Contains(proof));
    }

    [Theory]
    [InlineData("HostComputeNetwork", typeof(HostComputeNetwork), typeof(NetworkAdditionalParams))]
    [InlineData("HostComputeEndpoint", typeof(HostComputeEndpoint), typeof(EndpointAdditionalParams))]
    [InlineData("HostComputeNamespace", typeof(HostComputeNamespace), typeof(NamespaceAdditionalParams))]
    [InlineData("PortMapping", typeof(PortMappingPolicySetting), null)]
    public void EveryMember_HasARow(string section, Type document, Type? additional)
    {
        var documented = s_sections[section].Select(row => row[0].Trim('`')).ToHashSet();
        var members = Members(document, "").Concat(additional is null ? [] : Members(additional, "AdditionalParams.")).ToHashSet();

        Assert.Empty(members.Except(documented));
        // What is described for more than it is to the schema: subnets are resources too, of which the table names the id.
        Assert.Empty(documented.Except(members).Except(["Ipams[].Subnets[].ID"]));
    }

    [Fact]
    public void EveryNetworkType_IsHonouredOrRefusedAsTheTableSays()
    {
        var rows = s_sections["Types of network"];

        Assert.Equal(Enum.GetNames<NetworkMode>(), rows.Select(row => row[0]));
        foreach (var row in rows)
            AssertAsSaid(row, HcnErrorCode.InvalidNetworkType, () => ReadNetwork(row[0] == nameof(NetworkMode.Overlay)
                ? OverlayTranslationTests.Network()
                : $$"""{"Name":"x","Type":"{{row[0]}}"{{(row[0] is "Transparent" or "L2Bridge" or "L2Tunnel" ? "," + Lan : "")}}}"""));
    }

    [Fact]
    public void EveryFlag_IsHonouredOrRefusedAsTheTableSays()
    {
        var rows = s_sections["Flags"];

        AssertNamed<NetworkFlags>(rows, "network");
        AssertNamed<SubnetFlags>(rows, "subnet");
        AssertNamed<EndpointFlags>(rows, "endpoint");
        AssertNamed<NatFlags>(rows, "mapping");
        foreach (var row in rows)
            AssertAsSaid(row, HcnErrorCode.RequestUnsupported, row[0] switch
            {
                "network" => () => ReadNetwork($$"""{"Name":"x","Flags":{{row[2]}}}"""),
                "endpoint" when row[1] == nameof(EndpointFlags.RemoteEndpoint) => () => OverlayTranslationTests.ReadEndpoint(OverlayTranslationTests.RemoteEndpoint),
                "subnet" => () => ReadNetwork($$"""{"Name":"x","Ipams":[{"Subnets":[{"IpAddressPrefix":"10.1.0.0/16","Flags":{{row[2]}}}]}]}"""),
                "endpoint" => () => ReadEndpoint($$"""{"Flags":{{row[2]}}}"""),
                _ => () => ReadEndpoint($$$"""{"Policies":[{"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":80,"Flags":{{{row[2]}}}}}]}"""),
            });
    }

    [Fact]
    public void EveryPolicy_IsHonouredOrRefusedAsTheTableSays()
    {
        var rows = s_sections["Policies"];

        Assert.Equal(Enum.GetNames<NetworkPolicyType>(), rows.Where(row => row[0] == "network").Select(row => row[1]));
        Assert.Equal(Enum.GetNames<SubnetPolicyType>(), rows.Where(row => row[0] == "subnet").Select(row => row[1]));
        Assert.Equal(Enum.GetNames<EndpointPolicyType>(), rows.Where(row => row[0] == "endpoint").Select(row => row[1]));
        // Settings with which a policy that is honoured has nothing else to complain about.
        const string Settings = """{"Enable":true,"NetworkAdapterName":"eth0","IsolationId":5,"Protocol":6,"InternalPort":80,"Id":"x","Name":"x","Action":"Allow","Direction":"In","TierAclRules":[{"TierAclRuleAction":"Allow"}],"DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.1","MaximumOutgoingBandwidthInBytes":1000000,"OutboundProxyPort":"15001","Destination":"10.1.0.9:8080","Mtu":1400,"InterfaceAlias":"eth0"}""";
        foreach (var row in rows)
            AssertAsSaid(row, HcnErrorCode.InvalidPolicyType, row[0] switch
            {
                "network" when row[^1].Contains("on Overlay", StringComparison.Ordinal) => () => ReadNetwork(OverlayTranslationTests.Network($$"""{"Type":"{{row[1]}}","Settings":{{OverlayTranslationTests.AnySettings}}}""")),
                "subnet" when row[^1].Contains("on Overlay", StringComparison.Ordinal) => () => ReadNetwork(OverlayTranslationTests.Network()),
                "endpoint" when row[^1].Contains("on Overlay", StringComparison.Ordinal) => () => OverlayTranslationTests.ReadEndpoint(OverlayTranslationTests.RemoteEndpoint),
                "network" when row[1] is "NetAdapterName" or "InterfaceConstraint" => () => ReadNetwork($$"""{"Name":"x","Type":"Transparent",{{Lan}},"Policies":[{"Type":"{{row[1]}}","Settings":{{Settings}}}]}"""),
                "network" => () => ReadNetwork($$"""{"Name":"x","Policies":[{"Type":"{{row[1]}}","Settings":{{Settings}}}]}"""),
                "subnet" => () => ReadNetwork($$"""{"Name":"x","Type":"Transparent","Ipams":[{"Subnets":[{"IpAddressPrefix":"10.1.0.0/16","Policies":[{"Type":"{{row[1]}}","Settings":{{Settings}}}]}]}]}"""),
                _ => () => ReadEndpoint($$"""{"Policies":[{"Type":"{{row[1]}}","Settings":{{Settings}}}]}"""),
            });
    }

    [Fact]
    public void KeptMembers_AreReturned()
    {
        const string Kept = """ "Owner":"me","Version":7,"State":3,"Telemetry":{"Data":{"A":1}} """;
        var ids = """{"SwitchId":"71CD3B74-1A0A-447E-BF9E-3716C6652176","SwitchPortId":"9F1D2C3B-4A5E-4F60-8172-93A4B5C6D7E8"}""";
        var network = HcnNetworkTranslation.ToDocument(new(ReadNetwork($$"""{"Name":"x",{{Kept}}}"""), 1, 1500, 1));
        var endpoint = HcnEndpointTranslation.ToDocument(SampleTests.Stored(ReadEndpoint($$"""{ {{Kept}},"AdditionalParams":{{ids}}}""")), SampleTests.Web);
        var compartment = HcnNamespaceTranslation.ToDocument(new(HcnNamespaceTranslation.ToSpec(HcnReader.ReadNamespace(Encoding.UTF8.GetBytes($$"""{ {{Kept}} }"""))), [], 1));

        foreach (HcnResource document in new HcnResource[] { network, endpoint, compartment })
            Assert.Equal(("me", 7ul, """{"A":1}"""), (document.Owner, document.Version, document.Telemetry!.Data!.Value.GetRawText()));
        Assert.Equal(((ushort?)3, (ushort?)3), (network.State, compartment.State));
        Assert.Equal($$"""{{ids[..^1]}},"InterfaceName":"eth0"}""", endpoint.AdditionalParams!.Value.GetRawText());
    }

    private static void AssertAsSaid(string[] row, uint code, Action read)
    {
        var said = row[^1];
        if (said.StartsWith("honoured", StringComparison.Ordinal))
        {
            read();
            return;
        }
        Assert.StartsWith("refused", said, StringComparison.Ordinal);
        Assert.Equal(code, Assert.Throws<FairwayException>(read).HcnCode);
    }

    private static void AssertNamed<TFlags>(List<string[]> rows, string holder)
        where TFlags : struct, Enum
    {
        var named = rows.Where(row => row[0] == holder).SelectMany(row => row[1].Split(", ").Select(name => $"{name}={row[2]}")).Order();
        Assert.Equal(Enum.GetNames<TFlags>().Where(name => name != "None").Select(name => $"{name}={Convert.ToUInt32(Enum.Parse<TFlags>(name))}").Order(), named);
    }

    // Leaves of the document; a resource inside of another one is described by its own members only.
    private static IEnumerable<string> Members(Type type, string prefix)
    {
        foreach (var member in HcnJson.Options.GetTypeInfo(type).Properties.Where(member => !member.IsExtensionData))
        {
            var inner = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            var isList = inner.IsGenericType && inner.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
            if (isList) inner = inner.GetGenericArguments()[0];
            var path = prefix + member.Name;
            var isBase = prefix.Length > 0 && typeof(HcnResource).IsAssignableFrom(type) && typeof(HcnResource).GetProperties().Any(property => HcnName(property) == member.Name);
            if (isBase) continue;
            var closed = inner == typeof(IpSubnet) || inner == typeof(NamespaceResource) || inner == typeof(SchemaVersion) || inner == typeof(HcnHealth) || inner == typeof(HcnTelemetry);
            if (!typeof(HcnObject).IsAssignableFrom(inner) || closed) yield return path;
            else foreach (var below in Members(inner, $"{path}{(isList ? "[]" : "")}.")) yield return below;
        }
    }

    private static string HcnName(PropertyInfo property) => property.Name == "Id" ? "ID" : property.Name;

    private static Model.Networks.NetworkSpec ReadNetwork(string json) => HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork(Encoding.UTF8.GetBytes(json)));

    private static Model.Endpoints.EndpointSpec ReadEndpoint(string json) =>
        HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(Encoding.UTF8.GetBytes(json)), SampleTests.Web);

    private static Dictionary<string, List<string[]>> ReadSections()
    {
        var sections = new Dictionary<string, List<string[]>>();
        var section = "";
        foreach (var line in File.ReadLines(Sample.RepositoryPath("docs/spec/hcn.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) sections[section = line[3..]] = [];
            else if (line.StartsWith("| ", StringComparison.Ordinal)) sections[section].Add([.. line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim())]);
        }
        // The first row of each table is its head.
        foreach (var rows in sections.Values.Where(rows => rows.Count > 0)) rows.RemoveAt(0);
        return sections;
    }

    [GeneratedRegex(@"`(?<test>\w+Tests\.\w+)`")]
    private static partial Regex Proof();
}
