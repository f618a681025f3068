using System.Collections.Concurrent;
using System.Net.Sockets;
using Fairway.Dataplane.Host;
using Fairway.Engine.Diagnostics;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Sockets;
using Fairway.Model.Attach;

namespace Fairway.Dataplane.Leases;

/// <summary>
/// Answers virtual machines that ask for their address by DHCP, at their taps. Nobody else can tell a machine, and no other server is heard: what
/// endpoints say as DHCP servers is dropped by the switch. Without a daemon a machine that boots gets no answer; one that has its address keeps it.
/// </summary>
public sealed class LeaseServer : IAsyncDisposable
{
    private readonly HostNetlink _host;
    private readonly Action<EngineMessage> _report;
    private readonly ConcurrentDictionary<Guid, Served> _served = new();

    // Machines that were there before there was anything to tell them.
    private readonly ConcurrentDictionary<Guid, EndpointPlan> _waiting = new();
    private Func<Guid, AttachResult?>? _settings;

    internal LeaseServer(HostNetlink host, Action<EngineMessage> report)
    {
        _host = host;
        _report = report;
    }

    /// <summary>Serves the machines there are, and those that come.</summary>
    /// <param name="settings">What an endpoint's workload has to be told.</param>
    public void Start(Func<Guid, AttachResult?> settings)
    {
        _settings = settings;
        foreach (EndpointPlan endpoint in _waiting.Values)
            Serve(endpoint);
        _waiting.Clear();
    }

    /// <summary>Serves an endpoint that was found in place, unless it is served or no machine's.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public void Keep(EndpointPlan endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint.VirtualNic is not null && !(_served.TryGetValue(endpoint.Id, out Served? present) && !present.Loop.IsCompleted))
            Serve(endpoint);
    }

    /// <summary>Serves an endpoint whose tap has just been made, or made again, if it is a machine's.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public void Serve(EndpointPlan endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!Answers(endpoint))
            return;
        if (_settings is null)
        {
            _waiting[endpoint.Id] = endpoint;
            return;
        }
        try
        {
            if (_host.Changes.FindLink(endpoint.HostLink) is not { } tap)
                return;
            if (_served.TryGetValue(endpoint.Id, out Served? present) && present.Tap == tap.Index && !present.Loop.IsCompleted && present.Plan == endpoint)
                return;
            Forget(endpoint.Id);
            Socket socket = DatagramListener.Open(tap.Index, DhcpQuestion.ServerPort, _host.Namespace);
            _served[endpoint.Id] = new Served(endpoint, tap.Index, socket, AnswerAsync(socket, endpoint));
        }
        catch (LinuxException refused)
        {
            _report(new EngineMessage(Severity.Warning, $"answer DHCP at tap '{endpoint.HostLink}': {refused.Message}; the machine needs a static address", refused));
        }
    }

    /// <summary>Ends with an endpoint.</summary>
    /// <param name="endpoint">Its id.</param>
    public void Forget(Guid endpoint)
    {
        _waiting.TryRemove(endpoint, out _);
        if (_served.TryRemove(endpoint, out Served? served))
            served.Socket.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Served[] all = [.. _served.Values];
        _served.Clear();
        foreach (Served served in all)
            served.Socket.Dispose();
        await Task.WhenAll(all.Select(served => served.Loop));
    }

    /// <summary>Whether an endpoint's DHCP client is answered here. On a LAN whose gateways are outside, there may be a server of its own.</summary>
    internal static bool Answers(EndpointPlan endpoint) => endpoint is { VirtualNic: not null, GatewayMac: not null };

    private async Task AnswerAsync(Socket socket, EndpointPlan endpoint)
    {
        byte[] buffer = new byte[2048];
        try
        {
            while (true)
            {
                int length = await socket.ReceiveAsync(buffer, SocketFlags.None);
                if (DhcpQuestion.TryRead(buffer.AsSpan(0, length)) is { } question && _settings!(endpoint.Id) is { } settings
                    && DhcpAnswer.To(question, settings, endpoint.GatewayMac!.Value) is { } answer)
                {
                    await socket.SendAsync(answer, SocketFlags.None);
                }
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The tap is gone or down; who puts it back serves it again.
        }
    }

    private sealed record Served(EndpointPlan Plan, int Tap, Socket Socket, Task Loop);
}
