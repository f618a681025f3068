using System.Text;
using Fairway.Api.Docker.Wire;
using Fairway.Cni.Configuration;
using Fairway.Cni.Protocol;
using Fairway.Dns.Wire;
using Fairway.Linux.Events;
using Fairway.Linux.Netfilter;
using Fairway.Linux.Netlink;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Model.Attach;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Query;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Json;
using Fairway.Model.Networks;
using Fairway.Model.Validation;
using Fairway.Netavark.Translation;

namespace Fairway.Torture.Tests.Fuzz;

/// <summary>
/// Everything that reads what strangers write. Each takes any bytes and reads them, passes over them or refuses them with the one exception it
/// promises; anything else is a defect. Called in a copy of this assembly beside instrumented libraries.
/// </summary>
public static class FuzzTargets
{
    private static readonly Dictionary<string, Action<byte[]>> s_all = new()
    {
        ["dns-query"] = bytes => Allow<DnsFormatException>(() => Query.Parse(bytes)),
        ["dns-answer"] = bytes => Allow<DnsFormatException>(() => ReadAnswer(bytes)),
        ["netlink"] = bytes => Allow<InvalidDataException>(() => ReadNetlink(bytes)),
        ["hcn-network"] = bytes => Allow<FairwayException>(() => HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork(bytes))),
        ["hcn-namespace"] = bytes => Allow<FairwayException>(() => HcnNamespaceTranslation.ToSpec(HcnReader.ReadNamespace(bytes))),
        ["hcn-endpoint"] = bytes => Allow<FairwayException>(() => HcnReader.ReadEndpoint(bytes)),
        ["hcn-modify"] = bytes => Allow<FairwayException>(() => EndpointModification.Read(bytes)),
        ["hcn-query"] = bytes => Allow<FairwayException>(() => HcnFilter.Read(Encoding.UTF8.GetString(bytes))),
        ["attach"] = bytes => Allow<FairwayException>(() => AttachRequestValidator.Validate(FairwayJson.ReadRequest<AttachRequest>(bytes))),
        ["network"] = bytes => Allow<FairwayException>(() => NetworkSpecValidator.Validate(FairwayJson.ReadRequest<NetworkSpec>(bytes))),
        ["cni"] = ReadCni,
        ["docker-network"] = bytes => Allow<FairwayException>(() => FairwayJson.ReadRequest(bytes, DockerJson.Default.CreateNetworkRequest)),
        ["docker-endpoint"] = bytes => Allow<FairwayException>(() => FairwayJson.ReadRequest(bytes, DockerJson.Default.CreateEndpointRequest)),
        ["netavark"] = bytes => Allow<FairwayException>(() => ContainerReader.Read(bytes)),
    };

    public static IReadOnlyCollection<string> Names => s_all.Keys;

    public static void Run(string name, byte[] bytes) => s_all[name](bytes);

    private static void Allow<T>(Action read)
        where T : Exception
    {
        try
        {
            read();
        }
        catch (T)
        {
            // Refused, as it promises.
        }
    }

    private static void ReadCni(byte[] bytes) => Allow<CniException>(() =>
    {
        using var document = ConfigurationInput.Read(new MemoryStream(bytes), mayBeEmpty: false);
        CniVersion version = ConfigurationInput.VersionOf(document, CniCommand.Add);
        ConfigurationReader.Read(document.RootElement, version, CniCommand.Add);
    });

    private static void ReadAnswer(byte[] bytes)
    {
        if (!DnsHeader.TryRead(bytes, out _))
            return;
        var reader = new Fairway.Dns.Wire.DnsReader(bytes, 12);
        reader.ReadQuestion();
        while (reader.Position < bytes.Length)
            reader.ReadRecord();
    }

    private static void ReadNetlink(byte[] bytes)
    {
        RouteEventReader.Read(bytes, []);
        Read<Link>(bytes, Link.TryRead);
        Read<InterfaceAddress>(bytes, InterfaceAddress.TryRead);
        Read<Route>(bytes, Route.TryRead);
        Read<RoutingRule>(bytes, RoutingRule.TryRead);
        Read<Neighbour>(bytes, Neighbour.TryRead);
        Read<Qdisc>(bytes, Qdisc.TryRead);
        Read<TcFilter>(bytes, TcFilter.TryRead);
        Read<BaseChain>(bytes, BaseChain.TryRead);
    }

    private static void Read<T>(byte[] bytes, NetlinkParser<T> parser)
    {
        var reader = new NetlinkReader(bytes);
        while (reader.Read(out NetlinkMessage message))
            parser(message, out _);
    }
}
