using System.Net;
using Fairway.Bench.Running;
using Fairway.Bench.Workers;

namespace Fairway.Bench.Peers;

/// <summary>A host on which one peer makes the network of containers.</summary>
/// <param name="tag">What its namespaces are named after.</param>
internal abstract class PeerHost(string tag) : IDisposable
{
    private static readonly Forward[] s_services =
    [
        .. ((int[])[WorkerPorts.Connections, WorkerPorts.RoundTrips, WorkerPorts.Counter, WorkerPorts.Stream]).Select(port => new Forward(port, port)),
        new Forward(WorkerPorts.Datagrams, WorkerPorts.Datagrams, true),
    ];

    private (Container Client, Container Server)? _pair;

    public HostSpace Space { get; } = new(tag);

    /// <summary>Name of its directory.</summary>
    protected string Tag => tag;

    public WorkerPool Workers { get; } = new();

    /// <summary>Processes that stay between two calls.</summary>
    public virtual IReadOnlyList<int> Daemons => [];

    /// <summary>The pair on which paths are measured: a client, and a server whose ports are published.</summary>
    protected (Container Client, Container Server) Pair => _pair ??= (Run("client"), Run("server", s_services));

    /// <summary>Starts what the peer needs.</summary>
    public abstract void Start();

    /// <summary>Makes a container ready to be attached.</summary>
    public virtual Container Prepare(string name, params IReadOnlyList<Forward> forwards) => Space.AddContainer(name, forwards);

    /// <summary>Makes a container and attaches it.</summary>
    public virtual Container Run(string name, params IReadOnlyList<Forward> forwards)
    {
        Container container = Prepare(name, forwards);
        Attach(container);
        return container;
    }

    /// <summary>Gives a container its network, as an engine has it done.</summary>
    public abstract void Attach(Container container);

    /// <summary>Takes it away again.</summary>
    public abstract void Detach(Container container);

    /// <summary>The IPv4 address of an attached container.</summary>
    public virtual IPAddress AddressOf(Container container) => container.Address!;

    public virtual CallPath PathOf(PathKind kind) => PathOfPair(kind);

    /// <summary>The path between client, server and LAN.</summary>
    protected CallPath PathOfPair(PathKind kind) => kind switch
    {
        PathKind.Same => new CallPath(Pair.Client.NetnsPath, Pair.Server.NetnsPath, AddressOf(Pair.Server)),
        PathKind.Out => new CallPath(Pair.Client.NetnsPath, Space.LanPath, HostSpace.LanAddress),
        PathKind.Overlay => throw new NotSupportedException("it is a network of one host"),
        _ => new CallPath(Space.LanPath, Pair.Server.NetnsPath, HostSpace.Address),
    };

    /// <summary>A container that asks its resolver for the name of another one; null where there is no resolver.</summary>
    public virtual NamePath? Names() => null;

    public void Dispose()
    {
        Workers.Dispose();
        Stop();
        Space.Dispose();
    }

    /// <summary>Stops what was started, and takes away what would outlive the namespaces.</summary>
    protected virtual void Stop()
    {
    }
}
