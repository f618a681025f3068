using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.LoadBalancers;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.LoadBalancers;

namespace Fairway.Api.Hcn;

/// <summary><c>/hcn/v2/loadbalancers</c>. A modification is the whole document.</summary>
internal sealed class HcnLoadBalancerRoutes(IHostNetworking host)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hcn/v2/loadbalancers", ListAsync)
            .Gives<IReadOnlyList<HostComputeLoadBalancer>>("The load balancers a query asks for.", query: HcnQuery.Documentation);
        routes.MapGet("/hcn/v2/loadbalancers/{id}", context => HcnAnswer.WriteAsync(context, HcnLoadBalancerTranslation.ToDocument(Find(context))))
            .Gives<HostComputeLoadBalancer>("One load balancer.");
        routes.MapPost("/hcn/v2/loadbalancers", CreateAsync)
            .Turns<HostComputeLoadBalancer, HostComputeLoadBalancer>("Creates a load balancer.", StatusCodes.Status201Created);
        routes.MapPost("/hcn/v2/loadbalancers/{id}/modify", ModifyAsync)
            .Turns<HostComputeLoadBalancer, ModifySettingResponse>("Replaces a load balancer by the document; connections to backends that leave go on.");
        routes.MapDelete("/hcn/v2/loadbalancers/{id}", DeleteAsync)
            .Does("Deletes a load balancer; connections over it end.");
    }

    private Task ListAsync(HttpContext context)
    {
        var (query, filter) = HcnQuery.Of(context);
        IReadOnlyList<HostComputeLoadBalancer> found =
            [.. host.LoadBalancers.Where(filter.Matches).Select(balancer => HcnLoadBalancerTranslation.ToDocument(balancer, query.SchemaVersion))];
        return HcnAnswer.WriteAsync(context, found);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var spec = HcnLoadBalancerTranslation.ToSpec(await RequestBody.ReadAsync(context, HcnReader.ReadLoadBalancer));
        var created = await ExplainedAsync(() => host.CreateLoadBalancerAsync(spec, context.RequestAborted));
        await HcnAnswer.WriteCreatedAsync(context, HcnLoadBalancerTranslation.ToDocument(created));
    }

    private async Task ModifyAsync(HttpContext context)
    {
        var known = Find(context);
        var spec = HcnLoadBalancerTranslation.ToSpec(await RequestBody.ReadAsync(context, HcnReader.ReadLoadBalancer));
        HcnRouteId.RequireSame("load balancer", known.Spec.Id, spec.Id);
        await ExplainedAsync(() => host.ChangeLoadBalancerAsync(known.Spec.Id.ToString(), _ => spec, context.RequestAborted));
        await HcnAnswer.WriteModifiedAsync(context);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await host.DeleteLoadBalancerAsync(Find(context).Spec.Id.ToString(), context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }

    /// <summary>Clients compare the words of hcsshim, which name neither kind of id.</summary>
    private LoadBalancer Find(HttpContext context)
    {
        var id = HcnRouteId.Of(context, "load balancer");
        return host.LoadBalancers.FirstOrDefault(balancer => balancer.Spec.Id == id)
            ?? throw new FairwayException(ErrorKind.NotFound, "load balancer", $"LoadBalancer \"{HcnId.Format(id)}\" not found", HcnErrorCode.ElementNotFound);
    }

    private static async Task<LoadBalancer> ExplainedAsync(Func<Task<LoadBalancer>> operation)
    {
        try
        {
            return await operation();
        }
        catch (FairwayException problem)
        {
            throw HcnLoadBalancerTranslation.Explain(problem);
        }
    }
}
