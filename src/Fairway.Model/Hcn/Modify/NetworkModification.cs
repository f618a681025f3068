using Fairway.Model.Errors;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Modify;

/// <summary>Changes of a network: this release makes none.</summary>
public static class NetworkModification
{
    /// <summary>Reads a ModifyNetworkSettingRequest and says why it is not done.</summary>
    /// <returns>The answer to throw: InvalidArgument when the request is wrong, else Unsupported.</returns>
    public static FairwayException Refuse(ReadOnlySpan<byte> json)
    {
        ModifyNetworkSettingRequest request;
        try
        {
            request = HcnJson.Read<ModifyNetworkSettingRequest>(json);
        }
        catch (FairwayException problem)
        {
            return problem;
        }
        var findings = new FindingCollector();
        findings.At("ResourceType").Add($"resource type {request.ResourceType?.ToString() ?? "(missing)"} of a network cannot be changed in this release; "
            + "delete the network and create it anew", HcnErrorCode.RequestUnsupported);
        return FairwayException.FromFindings("modify network", "network", findings.Findings);
    }
}
