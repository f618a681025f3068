using System.Collections.Immutable;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of the parts of one subnet. Which one is meant is said by its ID, or without one by its prefix.</summary>
/// <param name="request">Add, Remove or Update; Update replaces them all.</param>
/// <param name="id">The subnet.</param>
/// <param name="given">The parts given.</param>
internal sealed class SubnetPartModification(ModifyRequestType request, Guid? id, IReadOnlyList<IpSubnet> given) : INetworkChange
{
    private readonly PathMap _paths = new();

    public NetworkSpec For(NetworkSpec present)
    {
        var findings = new FindingCollector();
        var settings = findings.At("Settings");
        var (index, subnet) = Subnet(present, settings);
        var parts = subnet is null ? [] : request switch
        {
            ModifyRequestType.Add => subnet.Parts.AddRange(Read(present, index, settings, subnet.Parts.Length)),
            ModifyRequestType.Remove => Removed(present, index, subnet, settings),
            _ => Read(present, index, settings, 0),
        };
        FairwayException.ThrowIfAny($"modify network '{present.Name}'", $"network '{present.Name}'", findings.Findings);
        var document = SubnetDocuments.WithParts(present.Document, subnet!.Prefix, request, given, parts);
        return present with { Subnets = present.Subnets.SetItem(index, subnet with { Parts = parts }), Document = document };
    }

    public FairwayException Explain(FairwayException problem) => _paths.Explain(problem);

    private ImmutableArray<SubnetPart> Read(NetworkSpec present, int index, FindingCollector settings, int first) =>
        new SubnetReader(present.Type, present.Id, present.Vlan, _paths).Parts(present.Subnets[index].Prefix, given, settings, ($"$.Subnets[{index}]", "$.Settings"), first);

    private ImmutableArray<SubnetPart> Removed(NetworkSpec present, int index, SubnetSpec subnet, FindingCollector settings)
    {
        var parts = subnet.Parts;
        for (var i = 0; i < given.Count; i++)
        {
            if (Find(present, subnet, given[i], settings.At("IpSubnets", i)) is not { } found) continue;
            parts = parts.Remove(found);
            _paths.Add($"$.Subnets[{index}].Parts[{subnet.Parts.IndexOf(found)}]", $"$.Settings.IpSubnets[{i}]");
        }
        return parts;
    }

    private (int Index, SubnetSpec? Subnet) Subnet(NetworkSpec present, FindingCollector settings)
    {
        for (var i = 0; i < present.Subnets.Length; i++)
            if (SubnetIdentity.Of(present.Id, present.Subnets[i]) == id) return (i, present.Subnets[i]);
        settings.At("SubnetId").Add(id is null || id == Guid.Empty
            ? "the request names no subnet; give its id, which the network shows"
            : $"network '{present.Name}' has no subnet with id {id:D}; give one that the network shows", HcnErrorCode.SubnetNotFound);
        return (-1, null);
    }

    private static SubnetPart? Find(NetworkSpec present, SubnetSpec subnet, IpSubnet asked, FindingCollector here)
    {
        if (asked.Id is { } id && id != Guid.Empty)
        {
            if (subnet.Parts.FirstOrDefault(part => SubnetIdentity.Of(present.Id, subnet.Prefix, part) == id) is { } named) return named;
            here.At("ID").Add($"subnet {subnet.Prefix} has no part with id {id:D}; give one that the network shows", HcnErrorCode.InvalidIpSubnet);
            return null;
        }
        if (!PrefixText.TryParse(asked.IpAddressPrefix, out var prefix, out var error))
        {
            here.At("IpAddressPrefix").Add(asked.IpAddressPrefix is null or "" ? "the part has neither id nor prefix; give one of them" : error, HcnErrorCode.InvalidPrefix);
            return null;
        }
        if (subnet.Parts.FirstOrDefault(part => part.Prefix.Equals(prefix)) is { } found) return found;
        here.At("IpAddressPrefix").Add($"subnet {subnet.Prefix} has no part {prefix}; it has {(subnet.Parts is [] ? "none" : string.Join(", ", subnet.Parts.Select(part => part.Prefix)))}", HcnErrorCode.InvalidIpSubnet);
        return null;
    }
}
