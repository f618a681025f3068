using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using CsCheck;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Policies;

namespace Fairway.Model.Tests.Json;

/// <summary>The quick ways to read and write access rules say what the serializer says, or nothing.</summary>
public sealed class AclRuleJsonTests
{
    private static readonly string?[] s_texts = [null, "", "r1", "ä€😀", "a\"b\\c\n"];

    private static readonly string[] s_pieces =
    [
        "null", "true", "{}", "[]", "0", "-1", "1.5", "70000", "4294967296", "\"In\"", "\"in\"", "\"Acl\"", "\"10.0.0.0/8\"", "\"010.0.0.0/8\"", "\"10.0.0.1/8\"", "\"fe80::/10\"", "\"\\ud800\"", "\"\\u0041cl\"",
        "\"Id\":null,", "\"id\":\"x\",", "\"Unknown\":1,", "\"Kind\":\"Acl\",", ",", ":", "}", "]", "{", "[", "\"", "\\", "/*x*/", "\u0001", " ",
    ];

    private static readonly Gen<IPNetwork> s_prefix = Gen.Select(Gen.UInt, Gen.Int[0, 32], Gen.Bool).Select((bits, length, six) =>
        six ? IPNetwork.Parse($"fd00:{bits & 0xffff:x}::/{32}") : new IPNetwork(new IPAddress(BitConverter.GetBytes(IPAddress.HostToNetworkOrder((int)(length == 0 ? 0 : bits & (uint.MaxValue << (32 - length)))))), length));

    private static readonly Gen<AddressMatch> s_match = Gen.Select(s_prefix.Array[0, 3], Gen.OneOfConst("", "web").Array[0, 2])
        .Select((prefixes, sets) => new AddressMatch { Prefixes = [.. prefixes], Sets = [.. sets] });

    private static readonly Gen<ImmutableArray<PortInterval>> s_ports = Gen.Select(Gen.UShort, Gen.UShort).Array[0, 3].Select(ports => ports.Select(port => new PortInterval(port.Item1, port.Item2)).ToImmutableArray());

    private static readonly Gen<AclRule> s_rule = Gen.Select(
        Gen.Select(Gen.UInt, Gen.Enum<PolicyKind>(), Gen.Enum<PolicyDirection>(), Gen.Enum<PolicyAction>()),
        Gen.Select(Gen.OneOfConst(s_texts), Gen.OneOfConst(s_texts), Gen.OneOfConst(s_texts), Gen.UShort, Gen.UShort),
        Gen.Byte.Array[0, 3], s_match, s_match, s_ports, s_ports).Select((kind, text, protocols, local, remote, localPorts, remotePorts) => new AclRule
        {
            Number = kind.Item1,
            Kind = kind.Item2,
            Direction = kind.Item3,
            Action = kind.Item4,
            Id = text.Item1,
            Tier = text.Item2,
            Document = text.Item3,
            Order = text.Item4,
            Priority = text.Item5,
            Protocols = [.. protocols],
            Local = local,
            Remote = remote,
            LocalPorts = localPorts,
            RemotePorts = remotePorts,
            IcmpMessages = text.Item4 % 4 == 0 ? [new IcmpMessage(8), new IcmpMessage(3, 4)] : [],
        });

    [Fact]
    public void Writer_WritesWhatTheSerializerWrites() => s_rule.Array[0, 3].Sample(rules =>
        Assert.Equal(Encoding.UTF8.GetString(FairwayJson.SerializeToUtf8(rules)), Written(rules)), iter: 2000);

    [Fact]
    public void SparseRule_ReadsAsTheWholeOne() => s_rule.Sample(rule =>
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new AclRuleWriter(output, sparse: true);
        writer.Write(output, rule);
        Assert.Equal(Written([rule]), Written([FairwayJson.Deserialize<AclRule>(output.WrittenSpan)]));
    }, iter: 2000);

    [Fact]
    public void SparseRule_HasNoMemberThatSaysNothing()
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new AclRuleWriter(output, sparse: true);
        writer.Write(output, new AclRule { Number = 7, Kind = PolicyKind.Acl, Direction = PolicyDirection.In, Action = PolicyAction.Block });
        Assert.Equal("""{"Number":7,"Kind":"Acl","Direction":"In","Action":"Block"}""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Reader_ReadsWhatProgramsWrite() => s_rule.Where(rule => rule.IcmpMessages.IsEmpty).Array[0, 3].Sample(rules =>
    {
        Assert.True(AclRuleReader.TryRead(FairwayJson.SerializeToUtf8(rules), out var read));
        Assert.Equal(Written(rules), Written(read));
    }, iter: 2000);

    [Fact]
    public void Reader_ThatReadsADocument_ReadsWhatTheSerializerReads() =>
        Gen.Select(s_rule.Array[1, 2], Gen.Int[0, 900], Gen.Int[0, s_pieces.Length - 1], Gen.Int[0, 30], Gen.Byte).Sample((rules, place, piece, cut, odd) =>
        {
            var json = FairwayJson.SerializeToUtf8(rules);
            var at = Math.Min(place, json.Length - 1);
            byte[] changed = [.. json[..at], .. odd < 8 ? [(byte)(0xF8 + odd)] : Encoding.UTF8.GetBytes(s_pieces[piece]), .. json[Math.Min(json.Length, at + cut)..]];
            if (!AclRuleReader.TryRead(changed, out var read)) return;
            Assert.Equal(Written(FairwayJson.ReadRequest<AclRule[]>(changed)), Written(read));
        }, iter: 30_000);

    [Theory]
    [InlineData("""[{"Kind":"Acl","Direction":"In"}]""")]
    [InlineData("""[{"Kind":"Acl","Direction":"In","Action":"Allow","Color":"red"}]""")]
    [InlineData("""[{"Kind":"Acl","Direction":"In","Action":"Allow","Action":"Allow"}]""")]
    [InlineData("""[{"Kind":"Acl","Direction":"In","Action":"Allow","Remote":{"Prefixes":["10.0.0.1/8"]}}]""")]
    [InlineData("""[{"Kind":"Acl","Direction":"In","Action":"Allow","Id":"\ud800"}]""")]
    [InlineData("""[{"Kind":"Acl","Direction":"In","Action":"Allow"}] []""")]
    [InlineData("""[{"Kind":"Acl","Direction":"In","Action":"Allow"}""")]
    public void Reader_LeavesWhatIsWrongToTheSerializer(string json)
    {
        Assert.False(AclRuleReader.TryRead(Encoding.UTF8.GetBytes(json), out _));
        Assert.NotEmpty(Assert.Throws<FairwayException>(() => AclRuleReader.Read(Encoding.UTF8.GetBytes(json))).Findings);
    }

    private static string Written(IReadOnlyList<AclRule> rules)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new AclRuleWriter(output);
        writer.Begin();
        writer.Write(rules);
        writer.End();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
