using Fairway.Model.Changes;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Notifications;

/// <summary>One event of <c>GET /hcn/v2/notifications</c>: the arguments of the callback HcnRegisterServiceCallback takes.</summary>
public sealed record HcnNotification : HcnObject
{
    /// <summary>What happened.</summary>
    public HcnNotificationType? NotificationType { get; init; }
    /// <summary>An HRESULT; 0, because failures are answered to whoever asked.</summary>
    public uint? NotificationStatus { get; init; }
    /// <summary>Whom it happened to.</summary>
    public NotificationBase? NotificationData { get; init; }

    /// <summary>The notification for a change, or null where HCN has none.</summary>
    public static HcnNotification? For(Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        HcnNotificationType? type = (change.Resource, change.Kind) switch
        {
            (ResourceKind.Network, ChangeKind.Created) => HcnNotificationType.NetworkCreate,
            (ResourceKind.Network, ChangeKind.Deleted) => HcnNotificationType.NetworkDelete,
            (ResourceKind.Namespace, ChangeKind.Created) => HcnNotificationType.NamespaceCreate,
            (ResourceKind.Namespace, ChangeKind.Deleted) => HcnNotificationType.NamespaceDelete,
            (ResourceKind.Endpoint, ChangeKind.Attached) => HcnNotificationType.NetworkEndpointAttached,
            (ResourceKind.Endpoint, ChangeKind.Detached) => HcnNotificationType.NetworkEndpointDetached,
            _ => null,
        };
        return type is null ? null : new HcnNotification
        {
            NotificationType = type,
            NotificationStatus = 0,
            NotificationData = new NotificationBase { Id = change.Id, Flags = 0 },
        };
    }
}
