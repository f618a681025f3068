using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of a network's name service settings: they are replaced as a whole.</summary>
/// <param name="given">The settings; null takes them all away.</param>
internal sealed class DnsModification(HcnDns? given) : INetworkChange
{
    private readonly PathMap _paths = new();

    public NetworkSpec For(NetworkSpec present)
    {
        _paths.Add("$.Dns", "$.Settings");
        _paths.Add("$.Dns.Servers", "$.Settings.ServerList");
        var document = present.Document is { } sent ? HcnJson.ReadStored<HostComputeNetwork>(sent) : new HostComputeNetwork();
        return present with { Dns = DnsTranslation.ToSettings(given, new PathMap()), Document = HcnJson.Write(document with { Dns = given }) };
    }

    public FairwayException Explain(FairwayException problem) => _paths.Explain(problem);
}
