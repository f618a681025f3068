using Fairway.Api.Docker.Wire;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Ports;

namespace Fairway.Api.Docker.Networks;

/// <summary>
/// Opens and closes the ports of an endpoint. Docker asks for them at the endpoint that is the container's way out, and moves them when another
/// network becomes that.
/// </summary>
internal sealed class PortProgram(IHostNetworking host)
{
    public async Task PublishAsync(Endpoint endpoint, IReadOnlyList<PortBinding> bindings, CancellationToken cancellation)
    {
        var reference = endpoint.Spec.Id.ToString("D");
        var asked = bindings.Select(binding => (Binding: binding, Publication: PortMap.ToPublication(binding)))
            .Where(port => !endpoint.Spec.Publications.Any(present => Answers(present, port.Binding, port.Publication)))
            .ToList();
        var opened = new List<PortPublication>();
        try
        {
            var exact = PortMap.Merge(asked.Where(port => !IsChoice(port.Binding)).Select(port => port.Publication));
            if (exact.Count > 0)
                opened.AddRange(await host.PublishAsync(reference, exact, cancellation));
            foreach (var (binding, publication) in asked.Where(port => IsChoice(port.Binding)))
                opened.AddRange(await PublishFirstFreeAsync(reference, binding, publication, cancellation));
        }
        catch when (opened.Count > 0)
        {
            await host.UnpublishAsync(reference, opened, CancellationToken.None);
            throw;
        }
    }

    public Task UnpublishAsync(Endpoint endpoint, CancellationToken cancellation) => endpoint.Spec.Publications.IsEmpty
        ? Task.CompletedTask
        : host.UnpublishAsync(endpoint.Spec.Id.ToString("D"), endpoint.Spec.Publications, cancellation);

    /// <summary><c>-p 8000-8009:80</c>: the first port of the range that nobody has.</summary>
    private async Task<IReadOnlyList<PortPublication>> PublishFirstFreeAsync(string reference, PortBinding binding, PortPublication publication, CancellationToken cancellation)
    {
        for (var port = binding.HostPort; ; port++)
        {
            try
            {
                return await host.PublishAsync(reference, [publication with { HostPort = port }], cancellation);
            }
            catch (FairwayException taken) when (taken.HcnCode == HcnErrorCode.PortAlreadyExists && port < binding.HostPortEnd)
            {
                // The next one may be free.
            }
        }
    }

    private static bool IsChoice(PortBinding binding) => binding.HostPort != 0 && binding.HostPortEnd > binding.HostPort;

    /// <summary>Whether a port is open already, by an earlier call whose answer was lost.</summary>
    private static bool Answers(PortPublication present, PortBinding binding, PortPublication asked)
    {
        var offset = asked.ContainerPort - present.ContainerPort;
        if (present.Protocol != asked.Protocol || !Equals(present.HostAddress, asked.HostAddress) || offset < 0 || offset >= present.Count)
            return false;
        var port = present.HostPort + offset;
        return binding.HostPort == 0 || (port >= binding.HostPort && port <= Math.Max(binding.HostPort, binding.HostPortEnd));
    }
}
