using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Notifications;

/// <summary>What a notification is about (HCN_NOTIFICATIONS, ComputeNetwork.h). Numbers on the wire.</summary>
[JsonConverter(typeof(NumberConverter<HcnNotificationType>))]
public enum HcnNotificationType : uint
{
    /// <summary>None.</summary>
    Invalid = 0,
    /// <summary>A network is about to be created. Not sent: a network exists or it does not.</summary>
    NetworkPreCreate = 1,
    /// <summary>A network was created.</summary>
    NetworkCreate = 2,
    /// <summary>A network is about to be deleted. Not sent.</summary>
    NetworkPreDelete = 3,
    /// <summary>A network was deleted.</summary>
    NetworkDelete = 4,
    /// <summary>A namespace was created.</summary>
    NamespaceCreate = 5,
    /// <summary>A namespace was deleted.</summary>
    NamespaceDelete = 6,
    /// <summary>A guest network service was created. Not sent.</summary>
    GuestNetworkServiceCreate = 7,
    /// <summary>A guest network service was deleted. Not sent.</summary>
    GuestNetworkServiceDelete = 8,
    /// <summary>An endpoint entered a namespace.</summary>
    NetworkEndpointAttached = 9,
    /// <summary>An endpoint left its namespace.</summary>
    NetworkEndpointDetached = 0x10,
    /// <summary>A guest network service changed. Not sent.</summary>
    GuestNetworkServiceStateChanged = 0x11,
    /// <summary>An interface of a guest network service changed. Not sent.</summary>
    GuestNetworkServiceInterfaceStateChanged = 0x12,
    /// <summary>The service ends; the stream ends with it.</summary>
    ServiceDisconnect = 0x01000000,
}
