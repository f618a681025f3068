using System.Text;
using Fairway.Client.Transport;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Notifications;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Client.Hcn;

/// <summary>
/// The daemon through the documents that manage the networks of Windows hosts (HCN schema 2.x). What is made here and what is made
/// through <see cref="FairwayClient"/> are the same resources.
/// </summary>
public sealed class HcnClient
{
    private readonly DaemonHttp _http;

    internal HcnClient(DaemonHttp http)
    {
        _http = http;
        Networks = new(http, "networks", "network");
        Endpoints = new(http, "endpoints", "endpoint");
        Namespaces = new(http, "namespaces", "namespace");
    }

    /// <summary>Networks.</summary>
    public HcnCollection<HostComputeNetwork, ModifyNetworkSettingRequest> Networks { get; }

    /// <summary>Endpoints.</summary>
    public HcnCollection<HostComputeEndpoint, ModifyEndpointSettingRequest> Endpoints { get; }

    /// <summary>Namespaces.</summary>
    public HcnCollection<HostComputeNamespace, ModifyNamespaceSettingRequest> Namespaces { get; }

    /// <summary>The newest schema the daemon knows.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Its version.</returns>
    /// <exception cref="FairwayException">The daemon cannot be reached.</exception>
    public Task<SchemaVersion> GetVersionAsync(CancellationToken cancellation = default) =>
        _http.SendAsync(new Call(HttpMethod.Get, "/hcn/v2/version", "read", "the HCN version"), Read<SchemaVersion>, cancellation);

    /// <summary>Notifications, for as long as the caller reads.</summary>
    /// <param name="cancellation">Ends the stream with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The notifications. The sequence ends when the daemon ends.</returns>
    /// <exception cref="FairwayException">The daemon cannot be reached.</exception>
    public IAsyncEnumerable<HcnNotification> WatchNotificationsAsync(CancellationToken cancellation = default) =>
        EventStream.ReadAsync(_http, new Call(HttpMethod.Get, "/hcn/v2/notifications", "watch", "notifications"), Read<HcnNotification>, cancellation);

    internal static T Read<T>(ReadOnlySpan<byte> json) => HcnJson.ReadStored<T>(Encoding.UTF8.GetString(json));
}
