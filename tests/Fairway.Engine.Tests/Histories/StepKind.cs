namespace Fairway.Engine.Tests.Histories;

/// <summary>What can happen to a host.</summary>
internal enum StepKind
{
    CreateNetwork,
    DeleteNetwork,
    CreateNamespace,
    DeleteNamespace,
    CreateEndpoint,
    DeleteEndpoint,
    AttachEndpoint,
    DetachEndpoint,
    EngineAttach,
    EngineDetach,
    Publish,
    Unpublish,
    CreateRoute,
    ChangeRoute,
    DeleteRoute,
    ChangeProxies,
    EndNamespace,
    DeleteLink,
    DeleteNetworkLink,
    Fail,
    PassTime,
    Restart,
    Reboot,
}
