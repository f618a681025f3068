using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Requests;

namespace Fairway.Model.Validation;

/// <summary>A virtual machine's NIC has a machine behind it, whose inside is nobody's business but its own.</summary>
internal static class VirtualNicValidator
{
    // The kernel's sign for no user.
    private const uint Nobody = uint.MaxValue;

    public static void Validate(EndpointSpec spec, FindingCollector findings)
    {
        if (spec.VirtualNic is not { } nic)
            return;
        if (spec.NamespaceId is not null)
            findings.At("VirtualNic").Add("the NIC of a virtual machine is in no namespace; leave one of the two out", HcnErrorCode.InvalidEndpoint);
        if (spec.HandedOver)
            findings.At("VirtualNic").Add("the NIC of a virtual machine is not handed over to an engine; leave one of the two out", HcnErrorCode.InvalidEndpoint);
        if (spec.ProviderAddress is not null)
            findings.At("VirtualNic").Add("a virtual machine of another host has its NIC there; leave it out", HcnErrorCode.InvalidRemoteEndpointOperation);
        if (spec.Routes is not [])
            findings.At("Routes").Add("routes inside a virtual machine are set there; leave them out", HcnErrorCode.InvalidEndpoint);
        Validate(nic, findings.At("VirtualNic"));
    }

    public static void Validate(CreateEndpointRequest request, FindingCollector findings)
    {
        if (request.VirtualNic is not { } nic)
            return;
        if (request.Namespace is not null || request.NetnsPath is not null)
            findings.At("VirtualNic").Add("the NIC of a virtual machine is in no namespace; leave one of the two out", HcnErrorCode.InvalidEndpoint);
        Validate(nic, findings.At("VirtualNic"));
    }

    private static void Validate(VirtualNic nic, FindingCollector findings)
    {
        if (nic.User == Nobody)
            findings.At("User").Add($"{Nobody} is the number of no user; give one of /etc/passwd, or leave it out", HcnErrorCode.InvalidEndpoint);
        if (nic.Group == Nobody)
            findings.At("Group").Add($"{Nobody} is the number of no group; give one of /etc/group, or leave it out", HcnErrorCode.InvalidEndpoint);
    }
}
