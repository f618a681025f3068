using System.Text.Json;
using CsCheck;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Query;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Json;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Model.Requests;
using Fairway.Model.Tests.Hcn;
using Fairway.Model.Validation;

namespace Fairway.Model.Tests.Json;

/// <summary>Whatever arrives, the answer is a FairwayException and nothing else. Inputs are real documents with pieces of JSON put in their midst.</summary>
public sealed class FuzzTests
{
    private static readonly byte[][] s_documents =
    [
        .. Sample.Names("*.json").Select(name => Sample.Bytes($"Hcn/{name}")),
        .. new string[]
        {
            """{"Network":"web","Endpoint":"c1","NetnsPath":"/proc/1/ns/net","Addresses":["10.0.0.1"],"MacAddress":"02:15:5d:01:02:03","Publish":[{"HostPort":80,"ContainerPort":80,"From":["10.0.0.0/8"]}],"Aliases":["a"],"Owner":{"Engine":"cli","Id":"1","Labels":{"a":"b"}}}""",
            """{"Name":"web","Type":"Nat","Subnets":[{"Prefix":"10.0.0.0/8","Gateway":"10.0.0.1","AllocationRange":"10.1.0.0/16"}],"Mtu":1500,"MacPool":[{"First":"02:15:5d:01:02:03","Last":"02:15:5d:01:02:04"}],"Dns":{"Search":["a"]}}""",
            """{"ResourceType":"Policy","RequestType":"Add","Settings":{"Policies":[{"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":80}}]}}""",
            """{"SchemaVersion":{"Major":2,"Minor":0},"Flags":0,"Filter":"{\"ID\":\"71CD3B74-1A0A-447E-BF9E-3716C6652176\"}"}""",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    private static readonly string[] s_pieces =
    [
        "null", "true", "{}", "[]", "[null]", "{\"a\":null}", "\"\"", "\"x\"", "0", "-1", "1e400", "4294967296", "18446744073709551616", "1.5", "\"\\u0000\"", "\"\\ud800\"",
        "\"10.0.0.0/8\"", "\"::/0\"", "\"ff02::1\"", ",", ":", "}", "]", "\"", "\\", "\u0001", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "\"Name\":", "\"ID\":\"\",", "/*x*/",
    ];

    private static readonly Gen<byte[]> s_json = Gen.Select(Gen.Int[0, s_documents.Length - 1], Gen.Int[0, 4000], Gen.Int[0, s_pieces.Length - 1], Gen.Int[0, 12], Gen.Int[0, 3])
        .Select((document, place, piece, cut, kind) => Mutate(s_documents[document], place, s_pieces[piece], cut, kind));

    public static TheoryData<string> Readers => [.. s_readers.Keys];

    private static readonly Dictionary<string, Action<byte[]>> s_readers = new()
    {
        ["network"] = json => HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork(json)),
        ["endpoint"] = json => HcnEndpointTranslation.ToDocument(SampleTests.Stored(HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(json), SampleTests.Web)), SampleTests.Web),
        ["namespace"] = json => HcnNamespaceTranslation.ToSpec(HcnReader.ReadNamespace(json)),
        ["network modification"] = json => NetworkModification.Read(json),
        ["endpoint modification"] = json => EndpointModification.Read(json),
        ["namespace modification"] = json => NamespaceModification.Read(json),
        ["query"] = json => HcnFilter.Read(System.Text.Encoding.UTF8.GetString(json)),
        ["attach"] = json => AttachRequestValidator.Validate(FairwayJson.ReadRequest<AttachRequest>(json)),
        ["network spec"] = json => NetworkSpecValidator.Validate(FairwayJson.ReadRequest<NetworkSpec>(json)),
        ["namespace spec"] = json => NamespaceSpecValidator.Validate(FairwayJson.ReadRequest<NamespaceSpec>(json)),
        ["publications"] = json => PublicationValidator.Validate(FairwayJson.ReadRequest<PortPublication[]>(json)),
        ["endpoint request"] = json => EndpointRequestValidator.Validate(FairwayJson.ReadRequest<CreateEndpointRequest>(json)),
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public void Request_OfAnyKind_IsReadOrRefused(string reader) => s_json.Sample(json =>
    {
        try
        {
            s_readers[reader](json);
        }
        catch (FairwayException refusal)
        {
            Assert.NotEmpty(refusal.Findings);
            Assert.All(refusal.Findings, finding => Assert.StartsWith("$", finding.Path, StringComparison.Ordinal));
        }
    }, iter: 3000);

    [Fact]
    public void StoredDocument_OfAnyKind_IsReadOrAJsonException() => s_json.Sample(json =>
    {
        Action<byte[]>[] readers =
        [
            bytes => FairwayJson.Deserialize<Network>(bytes),
            bytes => FairwayJson.Deserialize<Endpoint>(bytes),
            bytes => FairwayJson.Deserialize<NetworkNamespace>(bytes),
            bytes => HcnJson.ReadStored<Model.Hcn.Networks.HostComputeNetwork>(System.Text.Encoding.UTF8.GetString(bytes)),
        ];
        foreach (var read in readers)
        {
            try
            {
                read(json);
            }
            catch (JsonException)
            {
            }
        }
    }, iter: 3000);

    private static byte[] Mutate(byte[] document, int place, string piece, int cut, int kind)
    {
        place %= document.Length + 1;
        cut = Math.Min(cut, document.Length - place);
        var inserted = System.Text.Encoding.UTF8.GetBytes(piece);
        return kind switch
        {
            // Values are replaced whole, so that most mutations stay JSON and reach the readers behind the parser.
            0 or 1 => ReplaceValue(document, place, inserted),
            2 => [.. document[..place], .. inserted, .. document[(place + cut)..]],
            _ => document[..place],
        };
    }

    private static byte[] ReplaceValue(byte[] document, int place, byte[] inserted)
    {
        var colon = Array.IndexOf(document, (byte)':', place);
        if (colon < 0) return inserted;
        var reader = new Utf8JsonReader(document.AsSpan(colon + 1));
        try
        {
            reader.Read();
            reader.Skip();
        }
        catch (JsonException)
        {
            return document;
        }
        return [.. document[..(colon + 1)], .. inserted, .. document[(colon + 1 + (int)reader.BytesConsumed)..]];
    }
}
