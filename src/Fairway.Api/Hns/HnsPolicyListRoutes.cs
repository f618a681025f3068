using Fairway.Api.Hcn;
using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.V1;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.LoadBalancers;

namespace Fairway.Api.Hns;

/// <summary><c>/hns/v1/policylists</c>: load balancers and routes.</summary>
internal sealed class HnsPolicyListRoutes(IHostNetworking host)
{
    private const string Kind = "policy list";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hns/v1/policylists", ListAsync)
            .Gives<HnsResponse>("All load balancers and routes, as PolicyList.");
        routes.MapGet("/hns/v1/policylists/{id}", context => HnsAnswer.WriteAsync(context, Document(Find(context))))
            .Gives<HnsResponse>("One load balancer or route, as PolicyList.");
        routes.MapPost("/hns/v1/policylists", CreateAsync)
            .Turns<HnsPolicyList, HnsResponse>("Creates a load balancer from a list of ELB policies, a route from one of ROUTE policies.");
        routes.MapPost("/hns/v1/policylists/{id}", UpdateAsync)
            .Turns<HnsPolicyList, HnsResponse>("Replaces a load balancer or a route by the list.");
        routes.MapDelete("/hns/v1/policylists/{id}", DeleteAsync)
            .Gives<HnsResponse>("Deletes a load balancer or a route; answers it as it was.");
    }

    private Task ListAsync(HttpContext context) =>
        HnsAnswer.WriteAsync<IReadOnlyList<HnsPolicyList>>(context, [.. host.LoadBalancers.Select(HnsPolicyLists.Of), .. host.Routes.Select(HnsPolicyLists.Of)]);

    private async Task CreateAsync(HttpContext context)
    {
        var list = await RequestBody.ReadAsync(context, HcnJson.Read<HnsPolicyList>);
        var document = await ExplainedAsync(list, async () => HnsPolicyLists.ToSpec(list) switch
        {
            ({ } balancer, _) => HnsPolicyLists.Of(await host.CreateLoadBalancerAsync(balancer, context.RequestAborted)),
            var (_, route) => HnsPolicyLists.Of(await host.CreateRouteAsync(route!, context.RequestAborted)),
        });
        await HnsAnswer.WriteAsync(context, document);
    }

    private async Task UpdateAsync(HttpContext context)
    {
        var (known, other) = Find(context);
        var id = known?.Spec.Id ?? other!.Spec.Id;
        var list = await RequestBody.ReadAsync(context, HcnJson.Read<HnsPolicyList>);
        var document = await ExplainedAsync(list, async () =>
        {
            var (balancer, route) = HnsPolicyLists.ToSpec(list);
            HcnRouteId.RequireSame(Kind, id, balancer?.Id ?? route!.Id);
            if (balancer is null == known is not null)
                throw new FairwayException(ErrorKind.InvalidArgument, Kind, $"update {Kind}: it is a {(known is null ? "route" : "load balancer")} and stays one; delete it and create it anew", HcnErrorCode.InvalidPolicyType);
            return balancer is not null
                ? HnsPolicyLists.Of(await host.ChangeLoadBalancerAsync(id.ToString(), _ => balancer, context.RequestAborted))
                : HnsPolicyLists.Of(await host.ChangeRouteAsync(id.ToString(), _ => route!, context.RequestAborted));
        });
        await HnsAnswer.WriteAsync(context, document);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        var found = Find(context);
        if (found.Balancer is { } balancer)
            await host.DeleteLoadBalancerAsync(balancer.Spec.Id.ToString(), context.RequestAborted);
        else
            await host.DeleteRouteAsync(found.Route!.Spec.Id.ToString(), context.RequestAborted);
        await HnsAnswer.WriteAsync(context, Document(found));
    }

    private static HnsPolicyList Document((LoadBalancer? Balancer, Route? Route) found) => found.Balancer is { } balancer ? HnsPolicyLists.Of(balancer) : HnsPolicyLists.Of(found.Route!);

    private (LoadBalancer? Balancer, Route? Route) Find(HttpContext context)
    {
        var id = HcnRouteId.Of(context, Kind);
        var found = (host.LoadBalancers.FirstOrDefault(balancer => balancer.Spec.Id == id), host.Routes.FirstOrDefault(route => route.Spec.Id == id));
        return found is (null, null) ? throw new FairwayException(ErrorKind.NotFound, Kind, $"Element not found. (policy list {HcnId.Format(id)})", HcnErrorCode.ElementNotFound) : found;
    }

    private static async Task<HnsPolicyList> ExplainedAsync(HnsPolicyList list, Func<Task<HnsPolicyList>> operation)
    {
        try
        {
            return await operation();
        }
        catch (FairwayException problem)
        {
            throw HnsPolicyLists.Explain(list, problem);
        }
    }
}
