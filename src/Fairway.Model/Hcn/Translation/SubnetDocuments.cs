using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;

namespace Fairway.Model.Hcn.Translation;

/// <summary>The subnets of a network's document, which keeps what was sent so that all of it is returned.</summary>
internal static class SubnetDocuments
{
    /// <summary>A network's document with more subnets.</summary>
    public static string With(string? document, IReadOnlyList<HcnSubnet> added) => Changed(document, ipams => ipams.Count == 0
        ? [new Ipam { Type = IpamType.Static, Subnets = added }]
        : [.. ipams.SkipLast(1), ipams[^1] with { Subnets = [.. ipams[^1].Subnets ?? [], .. added] }]);

    /// <summary>A network's document without some subnets.</summary>
    public static string Without(string? document, ImmutableArray<IPNetwork> removed) =>
        Changed(document, ipams => [.. ipams.Select(ipam => ipam with { Subnets = [.. (ipam.Subnets ?? []).Where(subnet => !removed.Any(prefix => IsOf(subnet, prefix)))] })]);

    /// <summary>A network's document with the parts of a subnet changed.</summary>
    public static string WithParts(string? document, IPNetwork subnet, ModifyRequestType request, IReadOnlyList<IpSubnet> given, ImmutableArray<SubnetPart> left)
    {
        IReadOnlyList<IpSubnet> Parts(HcnSubnet sent) => request switch
        {
            ModifyRequestType.Add => [.. sent.IpSubnets ?? [], .. given],
            ModifyRequestType.Remove => [.. (sent.IpSubnets ?? []).Where(part => left.Any(other => part.IpAddressPrefix == $"{other.Prefix}"))],
            _ => given,
        };
        return Changed(document, ipams =>
            [.. ipams.Select(ipam => ipam with { Subnets = [.. (ipam.Subnets ?? []).Select(sent => IsOf(sent, subnet) ? sent with { IpSubnets = Parts(sent) } : sent)] })]);
    }

    /// <summary>A subnet as it was sent, or null.</summary>
    public static HcnSubnet? Find(string? document, IPNetwork prefix) => document is null ? null
        : (HcnJson.ReadStored<HostComputeNetwork>(document).Ipams ?? []).SelectMany(ipam => ipam.Subnets ?? []).FirstOrDefault(subnet => IsOf(subnet, prefix));

    /// <summary>A subnet with the members that are given in place of its own; a gateway that is not given stays.</summary>
    public static HcnSubnet Merged(HcnSubnet whole, HcnSubnet given, SubnetSpec subnet) => whole with
    {
        IpAddressPrefix = given.IpAddressPrefix is null or "" ? whole.IpAddressPrefix : given.IpAddressPrefix,
        Policies = given.Policies ?? whole.Policies,
        IpSubnets = given.IpSubnets ?? whole.IpSubnets,
        Flags = given.Flags ?? whole.Flags,
        Routes = given.Routes is null ? whole.Routes
            : subnet.Gateway is { } gateway && !given.Routes.Any(Refusals.IsDefault) ? [NetworkWriter.DefaultRoute(gateway), .. given.Routes]
            : given.Routes,
        Unknown = given.Unknown ?? whole.Unknown,
    };

    private static string Changed(string? document, Func<IReadOnlyList<Ipam>, IReadOnlyList<Ipam>> change)
    {
        var network = document is null ? new HostComputeNetwork() : HcnJson.ReadStored<HostComputeNetwork>(document);
        return HcnJson.Write(network with { Ipams = change(network.Ipams ?? []) });
    }

    private static bool IsOf(HcnSubnet sent, IPNetwork prefix) => IPNetwork.TryParse(sent.IpAddressPrefix, out var own) && own.Equals(prefix);
}
