using System.Net;
using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Dns;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Api.V1;

/// <summary><c>/v1/networks</c>.</summary>
internal sealed class NetworkRoutes(IHostNetworking host)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/networks", context => JsonAnswer.WriteAsync(context, host.Networks))
            .Gives<IReadOnlyList<Network>>("All networks, by name.");
        routes.MapGet("/v1/networks/{reference}", context => JsonAnswer.WriteAsync(context, host.GetNetwork(RouteReference.Of(context))))
            .Gives<Network>("One network.");
        routes.MapPost("/v1/networks", CreateAsync)
            .Turns<NetworkSpec, Network>("Creates a network; subnets and gateways that are not given come from the host's pools.", StatusCodes.Status201Created);
        routes.MapPost("/v1/networks/{reference}/subnets", AddSubnetAsync)
            .Turns<SubnetSpec, Network>("Gives a network one more subnet; endpoints that are there keep the addresses they have.");
        routes.MapDelete("/v1/networks/{reference}/subnets", RemoveSubnetsAsync)
            .Turns<IPNetwork[], Network>("Takes subnets from a network in which no endpoint has an address: all of them, or none.");
        routes.MapPost("/v1/networks/{reference}/dns", SetDnsAsync)
            .Turns<DnsSettings, Network>("Replaces a network's resolver settings; its endpoints' questions go by them at once, their resolv.conf is their engines' business.");
        routes.MapDelete("/v1/networks/{reference}", DeleteAsync)
            .Does("Deletes a network without endpoints.");
    }

    private async Task CreateAsync(HttpContext context)
    {
        var spec = await RequestBody.ReadAsync<NetworkSpec>(context);
        await JsonAnswer.WriteCreatedAsync(context, await host.CreateNetworkAsync(spec, context.RequestAborted));
    }

    private async Task AddSubnetAsync(HttpContext context)
    {
        var subnet = await RequestBody.ReadAsync<SubnetSpec>(context);
        var index = 0;
        try
        {
            var changed = await host.ChangeNetworkAsync(RouteReference.Of(context), present =>
            {
                index = present.Subnets.Length;
                return present with { Subnets = present.Subnets.Add(subnet) };
            }, context.RequestAborted);
            await JsonAnswer.WriteAsync(context, changed);
        }
        catch (FairwayException problem)
        {
            throw AtRoot(problem, $"$.Subnets[{index}]");
        }
    }

    private async Task RemoveSubnetsAsync(HttpContext context)
    {
        var prefixes = await RequestBody.ReadAsync<IPNetwork[]>(context);
        await JsonAnswer.WriteAsync(context, await host.ChangeNetworkAsync(RouteReference.Of(context), present => Without(present, prefixes), context.RequestAborted));
    }

    private static NetworkSpec Without(NetworkSpec present, IPNetwork[] prefixes)
    {
        for (var i = 0; i < prefixes.Length; i++)
        {
            if (present.Subnets.Any(subnet => subnet.Prefix.Equals(prefixes[i]))) continue;
            var message = $"network '{present.Name}' has no subnet {prefixes[i]}; it has {string.Join(", ", present.Subnets.Select(subnet => subnet.Prefix))}";
            throw new FairwayException(ErrorKind.NotFound, $"network '{present.Name}'", message, HcnErrorCode.SubnetNotFound) { Findings = [new Finding($"$[{i}]", message, HcnErrorCode.SubnetNotFound)] };
        }
        return present with { Subnets = present.Subnets.RemoveAll(subnet => prefixes.Contains(subnet.Prefix)) };
    }

    /// <summary>The document is the subnet alone.</summary>
    private static FairwayException AtRoot(FairwayException problem, string path) => new(problem.Kind, problem.Subject, problem.Message, problem.HcnCode, problem)
    {
        Findings = [.. problem.Findings.Select(finding => finding.Path.StartsWith(path, StringComparison.Ordinal) ? finding with { Path = $"${finding.Path[path.Length..]}" } : finding)],
    };

    private async Task SetDnsAsync(HttpContext context)
    {
        var settings = await RequestBody.ReadAsync<DnsSettings>(context);
        await JsonAnswer.WriteAsync(context, await host.SetNetworkDnsAsync(RouteReference.Of(context), settings, context.RequestAborted));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await host.DeleteNetworkAsync(RouteReference.Of(context), context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }
}
