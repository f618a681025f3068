using System.Runtime.CompilerServices;
using Fairway.Api.Containerd.Protocol;
using Fairway.Api.Transport;
using Grpc.Core;
using Grpc.Net.Client;

namespace Fairway.Api.Containerd;

/// <summary>The little that is asked of containerd, over its socket.</summary>
internal sealed class ContainerdClient(string socketPath) : IDisposable
{
    private const string Created = "topic==\"/containers/create\"";

    // The name is never looked up: the socket is.
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress("http://containerd", new GrpcChannelOptions
    {
        HttpHandler = EngineSocket.HandlerOf(socketPath),
        DisposeHttpClient = true,
    });

    /// <summary>
    /// Containers that come from now on, until containerd ends. The first one is null: containerd has been asked by then, and what there is
    /// already is to be listed.
    /// </summary>
    public async IAsyncEnumerable<ContainerdContainer?> ReadNewAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var events = new Events.EventsClient(_channel).Subscribe(new SubscribeRequest { Filters = { Created } }, cancellationToken: cancellation);
        yield return null;
        while (await events.ResponseStream.MoveNext(cancellation))
        {
            var envelope = events.ResponseStream.Current;
            if (await FindAsync(envelope.Namespace, ContainerCreate.Parser.ParseFrom(envelope.Event.Value).Id, cancellation) is { } container)
                yield return container;
        }
    }

    public async Task<IReadOnlyList<string>> ListNamespacesAsync(CancellationToken cancellation) =>
        [.. (await new Namespaces.NamespacesClient(_channel).ListAsync(new ListNamespacesRequest(), cancellationToken: cancellation)).Namespaces.Select(found => found.Name)];

    public async Task<IReadOnlyList<ContainerdContainer>> ListAsync(string containerdNamespace, CancellationToken cancellation)
    {
        var listed = await new Containers.ContainersClient(_channel).ListAsync(new ListContainersRequest(), Of(containerdNamespace), cancellationToken: cancellation);
        return [.. listed.Containers.Select(container => ContainerReader.Read(containerdNamespace, container)).OfType<ContainerdContainer>()];
    }

    /// <summary>A container, or null when it is gone or nobody's.</summary>
    public async Task<ContainerdContainer?> FindAsync(string containerdNamespace, string id, CancellationToken cancellation)
    {
        try
        {
            var found = await new Containers.ContainersClient(_channel).GetAsync(new GetContainerRequest { Id = id }, Of(containerdNamespace), cancellationToken: cancellation);
            return ContainerReader.Read(containerdNamespace, found.Container);
        }
        catch (RpcException gone) when (gone.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            return null;
        }
    }

    public void Dispose() => _channel.Dispose();

    private static Metadata Of(string containerdNamespace) => new() { { "containerd-namespace", containerdNamespace } };
}
