using Fairway.Torture.Tests.Fixtures;

namespace Fairway.Torture.Tests.Traffic;

/// <summary>Every way a packet can take through a host, with a stream of UDP and a connection on each.</summary>
internal sealed class Crossing : IAsyncDisposable
{
    private const int Udp = 7000, Tcp = 7001, PublishedUdp = 8000, PublishedTcp = 8001;

    private readonly Machine _machine;
    private readonly IReadOnlyDictionary<string, long> _drops;
    private readonly List<IStream> _streams;

    private Crossing(Machine machine, IReadOnlyDictionary<string, long> drops, List<IStream> streams)
    {
        _machine = machine;
        _drops = drops;
        _streams = streams;
    }

    /// <summary>Makes network and endpoints and sets everything going.</summary>
    public static async Task<Crossing> BeginAsync(Machine machine)
    {
        await machine.DoAsync("network create web");
        Place client = await machine.AddAsync("client", "web");
        Place server = await machine.AddAsync("server", "web", $"--publish {PublishedUdp}:{PublishedUdp}/udp --publish {PublishedTcp}:{Tcp}");
        string address = await machine.AddressAsync("server", 4);
        server.ServeEcho(Tcp);
        machine.Lan.ServeEcho(Tcp);
        var drops = await DropCounters.ReadAsync(machine);
        List<IStream> streams =
        [
            new UdpStream("UDP between endpoints", client, address, Udp, server, Udp),
            new UdpStream("UDP to the outside", client, Machine.LanAddress4, Udp, machine.Lan, Udp),
            new UdpStream("UDP to a published port", machine.Lan, Machine.HostAddress4, PublishedUdp, server, PublishedUdp),
            new UdpStream("UDP from the host", machine.Host, address, Udp + 2, server, Udp + 2),
            await TcpStream.BeginAsync("TCP between endpoints", client, address, Tcp),
            await TcpStream.BeginAsync("TCP to the outside", client, Machine.LanAddress4, Tcp),
            await TcpStream.BeginAsync("TCP to a published port", machine.Lan, Machine.HostAddress4, PublishedTcp),
            await TcpStream.BeginAsync("TCP from the host to 127.0.0.1", machine.Host, "127.0.0.1", PublishedTcp),
        ];
        return new Crossing(machine, drops, streams);
    }

    /// <summary>Ends all of it: nothing was lost, and the switch says so too.</summary>
    /// <param name="through">What it went through.</param>
    public async Task CheckAsync(string through)
    {
        StreamResult[] results = await Task.WhenAll(_streams.Select(stream => stream.EndAsync()));
        string retransmissions = string.Join(", ", _streams.OfType<TcpStream>().Select(stream => stream.Retransmissions()));
        string drops = DropCounters.Difference(_drops, await DropCounters.ReadAsync(_machine));
        long sent = results.Sum(result => result.Sent), lost = results.Sum(result => result.Sent - result.Received);
        Run.Tell($"{through}: {sent} packets and messages on {results.Length} ways, {lost} lost, drops: {(drops.Length > 0 ? drops : "none")}; TCP sent again: {retransmissions}");
        Assert.True(lost == 0, $"{through}: {string.Join("; ", results.Where(result => result.Sent != result.Received))}; the switch's drops: {drops}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IStream stream in _streams)
            await stream.DisposeAsync();
    }
}
