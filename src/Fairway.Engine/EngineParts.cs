using Fairway.Engine.Diagnostics;
using Fairway.Engine.Drivers;
using Fairway.Engine.Operations;
using Fairway.Engine.Plan;
using Fairway.Engine.Planner;
using Fairway.Engine.Reconciler;
using Fairway.Engine.Store;

namespace Fairway.Engine;

/// <summary>What operations and the reconciler share.</summary>
internal sealed record EngineParts(EngineOptions Options, LinkNames Names, HostStore Store, HostDrivers Drivers, NetworkApplier Networks,
    EndpointApplier Endpoints, PublicationApplier Publications, PolicyApplier Policies, LoadBalancerApplier LoadBalancers, OwnerApplier<RemotePlan> Remotes, OwnerApplier<WayPlan> Ways, OwnerApplier<SidecarPlan> Sidecars, RetrySchedule Retries, StatusWriter Status, KeyedGate<Guid> Gate, IdleNetworks Idle, RepairJournal Repairs,
    TimeProvider Time, Action<EngineMessage> Tell);
