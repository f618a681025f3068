using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Tests.Fixtures;

/// <summary>A namespace of a test, with a socket inside; it goes with its <see cref="TestHost"/>.</summary>
internal sealed class TestSpace : IDisposable
{
    public TestSpace(string name)
    {
        Name = name;
        Namespace = NetworkNamespace.Create(name);
        Namespace.SetLoopbackUp();
        Route = RouteNetlink.Open(Namespace);
    }

    public string Name { get; }

    public string Path => NetworkNamespace.PathOf(Name);

    public NetworkNamespace Namespace { get; }

    public RouteNetlink Route { get; }

    public string Exec(string program, params string[] arguments) => TestHost.Run(Path, program, arguments);

    public void Ping(string address) => Exec("ping", TestHost.PingArguments(address));

    public (int Code, string Output) Try(string program, params string[] arguments) => TestHost.Try(Path, program, arguments);

    public void Dispose()
    {
        Route.Dispose();
        Namespace.Dispose();
    }
}
