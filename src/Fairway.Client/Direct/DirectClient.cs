using System.Text.Json;
using Fairway.Client.Transport;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Health;
using Fairway.Model.Json;
using Fairway.Model.Networks;

namespace Fairway.Client.Direct;

/// <summary>
/// The daemon for programs that an engine starts once per container: they ask once or twice and end, and every millisecond they take to
/// start is waited for. Calls block, one at a time on one connection; from any other program use <see cref="FairwayClient"/>.
/// </summary>
/// <remarks>Every call throws <see cref="FairwayException"/> when it does not succeed, as those of <see cref="FairwayClient"/> do.</remarks>
public sealed class DirectClient : IDisposable
{
    private readonly DirectConnection _connection;

    /// <summary>A client of a daemon. Nothing is connected before the first call.</summary>
    /// <param name="options">Where the daemon is.</param>
    /// <param name="connect">
    /// Opens a connection whose reads and writes block; null for one of .NET's sockets. It throws <see cref="System.Net.Sockets.SocketException"/> when it cannot, and the stream
    /// an <see cref="IOException"/> with HResult 11 (EAGAIN) when an answer takes longer than the options allow.
    /// </param>
    public DirectClient(FairwayClientOptions options, Func<FairwayClientOptions, Stream>? connect = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _connection = new DirectConnection(options, connect ?? SocketConnection.Open);
    }

    /// <inheritdoc cref="FairwayClient.AttachAsync"/>
    public AttachResult Attach(AttachRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var call = Calls.Attach(request);
        try
        {
            return ResultReader.Read(Send(call));
        }
        catch (JsonException e)
        {
            throw DaemonError.Unexpected(call, e);
        }
    }

    /// <inheritdoc cref="FairwayClient.DetachAsync"/>
    public void Detach(DetachRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Send(Calls.Detach(request));
    }

    /// <inheritdoc cref="FairwayClient.GetNetworkAsync"/>
    public Network GetNetwork(string reference) => Send<Network>(Calls.GetNetwork(reference));

    /// <inheritdoc cref="FairwayClient.CreateNetworkAsync"/>
    public Network CreateNetwork(NetworkSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Send<Network>(Calls.CreateNetwork(spec));
    }

    /// <inheritdoc cref="FairwayClient.DeleteNetworkAsync"/>
    public void DeleteNetwork(string reference) => Send(Calls.DeleteNetwork(reference));

    /// <inheritdoc cref="FairwayClient.ListEndpointsAsync"/>
    public IReadOnlyList<Endpoint> ListEndpoints() => Send<IReadOnlyList<Endpoint>>(Calls.ListEndpoints());

    /// <inheritdoc cref="FairwayClient.GetHealthAsync"/>
    public HealthDocument GetHealth() => Send<HealthDocument>(Calls.GetHealth());

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private T Send<T>(Call call)
    {
        try
        {
            return FairwayJson.Deserialize<T>(Send(call));
        }
        catch (JsonException e)
        {
            throw DaemonError.Unexpected(call, e);
        }
    }

    private byte[] Send(Call call)
    {
        var answer = _connection.Send(call);
        return answer.IsSuccess ? answer.Body : throw DaemonError.Read(call, answer.Status, answer.Body);
    }
}
