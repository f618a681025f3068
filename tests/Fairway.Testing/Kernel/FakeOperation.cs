namespace Fairway.Testing.Kernel;

/// <summary>What the engine can ask of the kernel.</summary>
public enum FakeOperation
{
    NetworkObserve,
    NetworkApply,
    NetworkRemoveExcept,
    EndpointObserve,
    EndpointApply,
    EndpointRemove,
    EndpointRemoveExcept,
    PublicationApply,
    PublicationRemove,
    PublicationSynchronize,
    PolicyApply,
    PolicyRemove,
    PolicySynchronize,
    BalancerApply,
    BalancerRemove,
    BalancerSynchronize,
    RemoteApply,
    RemoteRemove,
    RemoteSynchronize,
    WayApply,
    WayRemove,
    WaySynchronize,
    UplinkSynchronize,
    NamespaceCreate,
    NamespaceDelete,
    NamespaceIdentify,
}
