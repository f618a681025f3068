using System.CommandLine;
using System.Net;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Parsing;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Cli.Commands;

/// <summary>What <c>fairway network create</c> can be told of an overlay network.</summary>
internal sealed class OverlayOptions
{
    private readonly Option<uint?> _vsid = new("--vsid") { Description = "overlay: virtual subnet id, 4096 to 16777214, the same on every host", HelpName = "N" };
    private readonly Option<ushort?> _port = new("--vxlan-port") { Description = "overlay: UDP port of VXLAN (default: 4789)", HelpName = "PORT" };
    private readonly Option<IPAddress[]> _provider = Values.Addresses("--provider-address", "overlay: this host's address towards the others (default: as it routes)");
    private readonly Option<MacAddress?> _router = Values.Mac("--router-mac", "overlay: MAC by which other hosts address what is routed to this one (default: made from the id)");
    private readonly Option<bool> _hostRoute = new("--host-route") { Description = "overlay: endpoints and this host reach each other" };
    private readonly Option<string[]> _remotes = new("--remote-subnet") { Description = "overlay: a subnet of another host, its address, its router's MAC", HelpName = "CIDR,ADDRESS,MAC[,VSID]" };

    public Option[] All => [_vsid, _port, _provider, _router, _hostRoute, _remotes];

    /// <summary>The spec with what was said here; as it is when nothing was.</summary>
    public NetworkSpec Complete(Session session, NetworkSpec spec)
    {
        var (vsid, port, router, remotes) = (session.Get(_vsid), session.Get(_port), session.Get(_router), session.Get(_remotes) ?? []);
        var provider = session.Get(_provider) ?? [];
        if (provider.Length > 1)
            throw Wrong($"--provider-address is given twice, {provider[0]} and {provider[1]}; leave one out");
        if (vsid is not null)
            spec = spec with { Subnets = [.. spec.Subnets.Select(subnet => subnet with { VirtualSubnet = vsid })] };
        if (port is null && router is null && provider is [] && !session.Get(_hostRoute) && remotes is [])
            return spec.Traits.IsEncapsulated ? spec with { Overlay = new OverlaySpec() } : spec;
        return spec with
        {
            Overlay = new OverlaySpec
            {
                Port = port,
                ProviderAddress = provider.FirstOrDefault(),
                RouterMac = router,
                HostRoute = session.Get(_hostRoute),
                RemoteSubnets = [.. remotes.Select(remote => Remote(remote, vsid))],
            },
        };
    }

    private static RemoteSubnet Remote(string text, uint? vsid)
    {
        var parts = text.Split(',');
        if (parts.Length is < 3 or > 4)
            throw Wrong($"--remote-subnet '{text}' has {parts.Length} parts; write CIDR,ADDRESS,MAC[,VSID]");
        if (!PrefixText.TryParse(parts[0], out var prefix, out var error) || !AddressText.TryParse(parts[1], out var provider, out error))
            throw Wrong($"--remote-subnet '{text}': {error}");
        if (!MacAddress.TryParse(parts[2], out var mac))
            throw Wrong($"--remote-subnet '{text}': '{parts[2]}' is not a MAC address; write six octets like 02:15:5d:01:02:03");
        if (parts.Length == 3)
            return new RemoteSubnet(prefix, vsid ?? 0, provider, mac);
        return uint.TryParse(parts[3], out var id) ? new RemoteSubnet(prefix, id, provider, mac) : throw Wrong($"--remote-subnet '{text}': '{parts[3]}' is no virtual subnet id; write a number");
    }

    private static FairwayException Wrong(string sentence) => new(ErrorKind.InvalidArgument, "command line", sentence);
}
