using System.Collections.Immutable;
using System.Net;
using Fairway.Client.Direct;
using Fairway.Cni.Configuration;
using Fairway.Cni.Protocol;
using Fairway.Cni.Results;
using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Model.Errors;
using Fairway.Model.Ports;

namespace Fairway.Cni.Commands;

/// <summary>ADD: gives the container an interface on the network. What fails leaves nothing.</summary>
internal sealed class AddCommand(CniEnvironment environment, NetworkConfiguration configuration, DirectClient client)
{
    /// <summary>How often a network that others delete is made again.</summary>
    private const int Attempts = 3;

    private readonly NetworkProvision _network = new(configuration, client);

    public AddResult Run()
    {
        // Read before anything is made: a result that cannot be extended is the caller's mistake.
        var previous = PreviousResult.Read(configuration);
        var request = Request();
        try
        {
            if (_network.MustBeSeen)
                _network.Ensure();
            var attached = Attach(request);
            return new AddResult(configuration.Version, environment, attached, previous);
        }
        catch
        {
            _network.Undo();
            throw;
        }
    }

    /// <summary>Undoes what succeeded.</summary>
    public void TakeBack()
    {
        client.Detach(DelCommand.Request(environment, configuration));
        _network.Undo();
    }

    private AttachResult Attach(AttachRequest request)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Checked(client.Attach(request));
            }
            catch (FairwayException e) when (e is { Kind: ErrorKind.NotFound, HcnCode: HcnErrorCode.NetworkNotFound } && attempt < Attempts)
            {
                _network.Ensure();
            }
        }
    }

    /// <summary>An address with another prefix length than was asked for is not what was asked for.</summary>
    private AttachResult Checked(AttachResult attached)
    {
        foreach (var asked in Addresses())
        {
            if (asked.PrefixLength is not { } length || attached.Addresses.FirstOrDefault(given => given.Address.Equals(asked.Address))?.PrefixLength is not { } given || given == length)
                continue;
            client.Detach(DelCommand.Request(environment, configuration));
            throw new CniException(CniErrorCode.InvalidConfiguration,
                $"the address {asked.Address}/{length} is in a subnet with prefix length {given} on network '{configuration.Network}'; ask for {asked.Address}/{given}");
        }
        return attached;
    }

    private AttachRequest Request() => new()
    {
        Network = configuration.Network,
        NetnsPath = environment.NetnsPath,
        InterfaceName = environment.InterfaceName,
        Addresses = [.. Addresses().Select(asked => asked.Address)],
        MacAddress = configuration.Wishes.Mac ?? MacOf(environment.Arguments.Mac),
        Publish = [.. configuration.Wishes.Publications.Select(Guarded)],
        Aliases = configuration.Wishes.Aliases,
        Dns = configuration.Dns,
        Bandwidth = configuration.Wishes.Bandwidth,
        FailIfAttached = true,
        Owner = Workload.Owner(environment, configuration),
    };

    private IEnumerable<AskedAddress> Addresses()
    {
        if (!configuration.Wishes.Addresses.IsEmpty)
            return configuration.Wishes.Addresses;
        if (environment.Arguments.Address is not { Length: > 0 } text)
            return [];
        return text.Split(',').Select(one => AskedAddress.TryParse(one, out var error) ?? throw new CniException(CniErrorCode.InvalidEnvironment, $"CNI_ARGS: IP: {error}"));
    }

    private static MacAddress? MacOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return MacAddress.TryParse(text, out var mac)
            ? mac
            : throw new CniException(CniErrorCode.InvalidEnvironment, $"CNI_ARGS: MAC: '{text}' is not a MAC address; write six octets like 02:15:5d:01:02:03");
    }

    /// <summary>With the prefixes that may use it. A publication on a loopback address admits the host alone anyway.</summary>
    private PortPublication Guarded(PortPublication publication)
    {
        if (publication.HostAddress is not { } host)
            return publication with { From = configuration.PublishFrom };
        if (IPAddress.IsLoopback(host))
            return publication;
        ImmutableArray<IPNetwork> reaching = [.. configuration.PublishFrom.Where(prefix => prefix.Family == host.AddressFamily)];
        // None of them can reach this address: better refused by the daemon than open to everyone.
        return publication with { From = reaching.IsEmpty ? configuration.PublishFrom : reaching };
    }
}
