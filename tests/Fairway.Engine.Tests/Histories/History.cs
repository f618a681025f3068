using System.Net;
using CsCheck;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Model.Requests;
using Fairway.Testing;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Histories;

/// <summary>Carries out random steps on an engine. Refusals are part of life; anything but a refusal is a defect.</summary>
internal sealed class History(TestEngine host)
{
    private static readonly string[] s_subnets = ["10.1.0.0/29", "10.1.0.0/24", "10.2.0.0/30", "fd00:1::/64", "192.0.2.128/25"];

    private static readonly FakeOperation[] s_failing =
    [
        FakeOperation.EndpointApply, FakeOperation.EndpointRemove, FakeOperation.NetworkApply, FakeOperation.NetworkRemoveExcept,
        FakeOperation.PublicationApply, FakeOperation.PublicationRemove, FakeOperation.WayApply, FakeOperation.WayRemove, FakeOperation.SidecarApply, FakeOperation.SidecarRemove, FakeOperation.NamespaceCreate, FakeOperation.NamespaceDelete,
    ];

    private int _path;

    public static Gen<Step[]> Steps { get; } =
        Gen.Select(Gen.Enum<StepKind>(), Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 3], (kind, a, b, c) => new Step(kind, a, b, c)).Array[0, 60];

    public async Task RunAsync(Step step)
    {
        try
        {
            await DoAsync(step, TestContext.Current.CancellationToken);
        }
        catch (FairwayException)
        {
            // Refused.
        }
    }

    private Task DoAsync(Step step, CancellationToken cancellation) => step.Kind switch
    {
        StepKind.CreateNetwork => host.Networking.CreateNetworkAsync(NetworkSpec(step), cancellation),
        StepKind.DeleteNetwork => host.Networking.DeleteNetworkAsync($"n{step.A}", cancellation),
        StepKind.CreateNamespace => host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = $"s{step.A}", Path = step.B == 4 ? Foreign() : null }, cancellation),
        StepKind.DeleteNamespace => host.Networking.DeleteNamespaceAsync($"s{step.A}", cancellation),
        StepKind.CreateEndpoint => host.Networking.CreateEndpointAsync(EndpointRequest(step), cancellation),
        StepKind.DeleteEndpoint => host.Networking.DeleteEndpointAsync(AnyEndpoint(step), cancellation),
        StepKind.AttachEndpoint => host.Networking.AttachEndpointAsync(AnyEndpoint(step), step.C == 3 ? Foreign() : $"s{step.C}", null, cancellation),
        StepKind.DetachEndpoint => host.Networking.DetachEndpointAsync(AnyEndpoint(step), cancellation),
        StepKind.EngineAttach => host.Networking.AttachAsync(EngineRequest(step), cancellation),
        StepKind.EngineDetach => host.Networking.DetachAsync(new DetachRequest(new Owner("test", $"w{step.A}"), step.B == 0 ? "eth0" : null), cancellation),
        StepKind.Publish => host.Networking.PublishAsync(AnyEndpoint(step), [Publication(step)], cancellation),
        StepKind.Unpublish => host.Networking.UnpublishAsync(AnyEndpoint(step), [Publication(step)], cancellation),
        StepKind.CreateRoute => host.Networking.CreateRouteAsync(new CreateRouteRequest { Name = $"r{step.A}", Endpoints = [.. new[] { AnyEndpoint(step), AnyEndpoint(step with { A = step.A + 1 }) }.Distinct()], Routes = [Way(step)] }, cancellation),
        StepKind.ChangeRoute => host.Networking.ChangeRouteAsync($"r{step.A}", spec => spec with { Endpoints = [host.Networking.GetEndpoint(AnyEndpoint(step)).Spec.Id], Routes = [Way(step)] }, cancellation),
        StepKind.DeleteRoute => host.Networking.DeleteRouteAsync($"r{step.A}", cancellation),
        StepKind.ChangeProxies => host.Networking.ChangeEndpointAsync(AnyEndpoint(step), spec => Proxies(spec, step), cancellation),
        StepKind.Restart => host.RestartAsync(),
        StepKind.Reboot => RebootAsync(),
        _ => Task.Run(() => Disturb(step), cancellation),
    };

    private void Disturb(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.EndNamespace when host.Kernel.NamespacePaths is { Count: > 0 } paths:
                host.Kernel.EndNamespace(paths[step.A % paths.Count]);
                break;
            case StepKind.DeleteLink when host.Networking.Endpoints is { Count: > 0 } endpoints:
                host.Kernel.DeleteLink(endpoints[step.A % endpoints.Count].Spec.Id);
                break;
            case StepKind.DeleteNetworkLink when host.Networking.Networks is { Count: > 0 } networks:
                host.Kernel.DeleteNetworkLink(networks[step.A % networks.Count].Spec.Id);
                break;
            case StepKind.Fail:
                host.Kernel.FailNext(s_failing[(step.A + 4 * step.B) % s_failing.Length], new InvalidOperationException("the kernel has no memory"), afterwards: step.C % 2 == 0);
                break;
            case StepKind.PassTime:
                ((Microsoft.Extensions.Time.Testing.FakeTimeProvider)host.Time).Advance(TimeSpan.FromSeconds(20 * step.A));
                break;
        }
    }

    private async Task RebootAsync()
    {
        await host.StopAsync();
        host.Kernel.Reboot();
        await host.StartAsync();
    }

    private static NetworkSpec NetworkSpec(Step step) => new()
    {
        Name = $"n{step.A}",
        Type = step.C == 3 ? NetworkType.Private : step.C == 2 ? NetworkType.Internal : NetworkType.Nat,
        Subnets = step.B == 4 ? [] : [new SubnetSpec(IPNetwork.Parse(s_subnets[step.B])), .. step.C == 1 ? [new SubnetSpec(IPNetwork.Parse($"fd00:{step.A + 2}::/64"))] : Array.Empty<SubnetSpec>()],
    };

    private CreateEndpointRequest EndpointRequest(Step step) => new()
    {
        Network = $"n{step.A}",
        Name = step.B < 3 ? $"e{step.B}" : null,
        Namespace = step.C is 1 or 2 ? $"s{step.C}" : null,
        NetnsPath = step.C == 3 ? Foreign() : null,
        InterfaceName = $"eth{step.B}",
        Addresses = step.B == 2 ? [IPAddress.Parse("10.1.0.3")] : [],
        Publications = step.B == 1 ? [Publication(step)] : [],
    };

    private AttachRequest EngineRequest(Step step) => new()
    {
        Network = $"n{step.B % 4}",
        NetnsPath = step.C == 0 ? Foreign() : $"/proc/w{step.A}/ns/net" is var path && host.Kernel.NamespacePaths.Contains(path) ? path : host.Kernel.AddNamespace(path),
        Owner = new Owner("test", $"w{step.A}"),
        InterfaceName = step.C == 3 ? "eth1" : "eth0",
        Publish = step.C == 2 ? [new PortPublication { HostPort = 0, ContainerPort = 80 }] : [],
    };

    private static PortPublication Publication(Step step) => new()
    {
        Protocol = step.C % 2 == 0 ? TransportProtocol.Tcp : TransportProtocol.Udp,
        HostAddress = step.B == 0 ? IPAddress.Loopback : null,
        HostPort = (ushort)(8000 + step.B),
        ContainerPort = 80,
        Count = step.C == 3 ? 3 : 1,
    };

    private static SwitchRoute Way(Step step) => new(IPNetwork.Parse($"203.0.113.{64 * step.C}/26"), IPAddress.Parse("192.0.2.2"));

    private static EndpointSpec Proxies(EndpointSpec spec, Step step) => spec with
    {
        Sidecar = step.C is 1 or 2 ? new Sidecar { InboundPort = 15006, OutboundPort = step.C == 2 ? 15001 : null } : null,
        Proxy = step.C is 1 or 3 ? new ConnectionProxy(IPAddress.Parse("10.1.0.9"), 80) { Translated = step.A == 0 } : null,
    };

    private string AnyEndpoint(Step step) =>
        host.Networking.Endpoints is { Count: > 0 } endpoints ? endpoints[(step.A + 4 * step.B) % endpoints.Count].Spec.Id.ToString() : "none";

    private string Foreign() => host.Kernel.AddNamespace($"/proc/{++_path}/ns/net");
}
