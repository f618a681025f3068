using System.Collections.Immutable;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of a network's subnets. Which one is meant is said by its ID, or without one by its prefix.</summary>
/// <param name="request">Add, Remove or Update; Update gives a subnet other routes and parts.</param>
/// <param name="given">The subnets given.</param>
internal sealed class SubnetModification(ModifyRequestType request, IReadOnlyList<HcnSubnet> given) : INetworkChange
{
    private readonly PathMap _paths = new();

    public NetworkSpec For(NetworkSpec present)
    {
        var findings = new FindingCollector();
        var settings = findings.At("Settings");
        var (subnets, document) = request switch
        {
            ModifyRequestType.Add => Added(present, settings),
            ModifyRequestType.Remove => Removed(present, settings),
            _ => Updated(present, settings),
        };
        FairwayException.ThrowIfAny($"modify network '{present.Name}'", $"network '{present.Name}'", findings.Findings);
        return present with { Subnets = subnets, Document = document };
    }

    public FairwayException Explain(FairwayException problem) => _paths.Explain(problem);

    private (ImmutableArray<SubnetSpec> Subnets, string? Document) Added(NetworkSpec present, FindingCollector settings)
    {
        var reader = new SubnetReader(present.Type, present.Id, present.Vlan, _paths);
        var subnets = present.Subnets.ToBuilder();
        for (var i = 0; i < given.Count; i++)
        {
            var here = settings.At("Subnets", i);
            if (reader.Read(given[i], here, $"$.Settings.Subnets[{i}]", subnets.Count) is { } subnet) subnets.Add(subnet);
        }
        if (reader.Vlan != present.Vlan)
            settings.At("Subnets").Add($"network '{present.Name}' is on {(present.Vlan is { } vlan ? $"VLAN {vlan}" : "no VLAN")}, as all its subnets are; leave the policy VLAN out", HcnErrorCode.InvalidPolicy);
        return (subnets.ToImmutable(), SubnetDocuments.With(present.Document, given));
    }

    private (ImmutableArray<SubnetSpec> Subnets, string? Document) Removed(NetworkSpec present, FindingCollector settings)
    {
        var subnets = present.Subnets;
        for (var i = 0; i < given.Count; i++)
        {
            if (Find(present, given[i], settings.At("Subnets", i)) is not { } found) continue;
            subnets = subnets.Remove(found);
            _paths.Add($"$.Subnets[{present.Subnets.IndexOf(found)}]", $"$.Settings.Subnets[{i}]");
        }
        return (subnets, SubnetDocuments.Without(present.Document, [.. present.Subnets.Except(subnets).Select(subnet => subnet.Prefix)]));
    }

    private (ImmutableArray<SubnetSpec> Subnets, string? Document) Updated(NetworkSpec present, FindingCollector settings)
    {
        var reader = new SubnetReader(present.Type, present.Id, present.Vlan, _paths);
        var (subnets, document) = (present.Subnets, present.Document);
        for (var i = 0; i < given.Count; i++)
        {
            var here = settings.At("Subnets", i);
            if (Find(present, given[i], here) is not { } found) continue;
            var index = present.Subnets.IndexOf(found);
            var whole = SubnetDocuments.Merged(SubnetWriter.Write(present, found, SubnetDocuments.Find(document, found.Prefix) ?? new HcnSubnet()), given[i], found);
            if (reader.Read(whole, here, $"$.Settings.Subnets[{i}]", index) is not { } read) continue;
            if (!read.Prefix.Equals(found.Prefix))
                here.At("IpAddressPrefix").Add($"subnet {found.Prefix} cannot become {read.Prefix}; add that one, and remove this one when it is without endpoints", HcnErrorCode.InvalidSubnet);
            if (read.VirtualSubnet != found.VirtualSubnet)
                here.At("Policies").Add($"subnet {found.Prefix} is virtual subnet {found.VirtualSubnet} while it is there, not {read.VirtualSubnet}; leave the policy out", HcnErrorCode.RequestUnsupported);
            if (!Equals(read.Gateway, found.Gateway))
                here.At("Routes").Add($"subnet {found.Prefix} has gateway {found.Gateway} while it is there, not {read.Gateway}; leave the default route out", HcnErrorCode.RequestUnsupported);
            subnets = subnets.SetItem(index, found with { Routes = read.Routes, Parts = Kept(found, read.Parts) });
            document = SubnetDocuments.With(SubnetDocuments.Without(document, [found.Prefix]), [whole]);
        }
        return (subnets, document);
    }

    // What is written has ids whether somebody gave them or not; those that follow from prefixes go on doing so.
    private static ImmutableArray<SubnetPart> Kept(SubnetSpec found, ImmutableArray<SubnetPart> parts) =>
        [.. parts.Select(part => found.Parts.FirstOrDefault(old => old.Prefix.Equals(part.Prefix) && old.ReservesFirst == part.ReservesFirst) ?? part)];

    private static SubnetSpec? Find(NetworkSpec present, HcnSubnet asked, FindingCollector here)
    {
        if (asked.Id is { } id && id != Guid.Empty)
        {
            if (present.Subnets.FirstOrDefault(subnet => SubnetIdentity.Of(present.Id, subnet) == id) is { } named) return named;
            here.At("ID").Add($"network '{present.Name}' has no subnet with id {id:D}; give one that the network shows", HcnErrorCode.SubnetNotFound);
            return null;
        }
        if (!PrefixText.TryParse(asked.IpAddressPrefix, out var prefix, out var error))
        {
            here.At("IpAddressPrefix").Add(asked.IpAddressPrefix is null or "" ? "the subnet has neither id nor prefix; give one of them" : error, HcnErrorCode.InvalidPrefix);
            return null;
        }
        if (present.Subnets.FirstOrDefault(subnet => subnet.Prefix.Equals(prefix)) is { } found) return found;
        here.At("IpAddressPrefix").Add($"network '{present.Name}' has no subnet {prefix}; it has {string.Join(", ", present.Subnets.Select(subnet => subnet.Prefix))}", HcnErrorCode.SubnetNotFound);
        return null;
    }
}
