using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Routes;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Api.Hcn;

/// <summary><c>/hcn/v2/routes</c>. A modification is the whole document.</summary>
internal sealed class HcnRouteRoutes(IHostNetworking host)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hcn/v2/routes", ListAsync)
            .Gives<IReadOnlyList<HostComputeRoute>>("The routes a query asks for.", query: HcnQuery.Documentation);
        routes.MapGet("/hcn/v2/routes/{id}", context => HcnAnswer.WriteAsync(context, HcnRouteTranslation.ToDocument(Find(context))))
            .Gives<HostComputeRoute>("One route.");
        routes.MapPost("/hcn/v2/routes", CreateAsync)
            .Turns<HostComputeRoute, HostComputeRoute>("Creates a route.", StatusCodes.Status201Created);
        routes.MapPost("/hcn/v2/routes/{id}/modify", ModifyAsync)
            .Turns<HostComputeRoute, ModifySettingResponse>("Replaces a route by the document.");
        routes.MapDelete("/hcn/v2/routes/{id}", DeleteAsync)
            .Does("Deletes a route.");
    }

    private Task ListAsync(HttpContext context)
    {
        var (query, filter) = HcnQuery.Of(context);
        IReadOnlyList<HostComputeRoute> found = [.. host.Routes.Where(filter.Matches).Select(route => HcnRouteTranslation.ToDocument(route, query.SchemaVersion))];
        return HcnAnswer.WriteAsync(context, found);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var document = await RequestBody.ReadAsync(context, HcnReader.ReadRoute);
        var spec = HcnRouteTranslation.ToSpec(document);
        var created = await ExplainedAsync(document, () => host.CreateRouteAsync(spec, context.RequestAborted));
        await HcnAnswer.WriteCreatedAsync(context, HcnRouteTranslation.ToDocument(created));
    }

    private async Task ModifyAsync(HttpContext context)
    {
        var known = Find(context);
        var document = await RequestBody.ReadAsync(context, HcnReader.ReadRoute);
        var spec = HcnRouteTranslation.ToSpec(document);
        HcnRouteId.RequireSame("route", known.Spec.Id, spec.Id);
        await ExplainedAsync(document, () => host.ChangeRouteAsync(known.Spec.Id.ToString(), _ => spec, context.RequestAborted));
        await HcnAnswer.WriteModifiedAsync(context);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await host.DeleteRouteAsync(Find(context).Spec.Id.ToString(), context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }

    /// <summary>Clients compare the words of hcsshim.</summary>
    private Route Find(HttpContext context)
    {
        var id = HcnRouteId.Of(context, "route");
        return host.Routes.FirstOrDefault(route => route.Spec.Id == id)
            ?? throw new FairwayException(ErrorKind.NotFound, "route", $"SDN Route \"{HcnId.Format(id)}\" not found", HcnErrorCode.ElementNotFound);
    }

    private static async Task<Route> ExplainedAsync(HostComputeRoute document, Func<Task<Route>> operation)
    {
        try
        {
            return await operation();
        }
        catch (FairwayException problem)
        {
            throw HcnRouteTranslation.Explain(document, problem);
        }
    }
}
