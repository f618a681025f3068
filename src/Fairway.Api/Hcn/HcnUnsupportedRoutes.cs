using Fairway.Api.Http;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Routes;

namespace Fairway.Api.Hcn;

/// <summary><c>/hcn/v2/routes</c>: known, and not done by this release.</summary>
internal static class HcnUnsupportedRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Map<HostComputeRoute>(routes, "routes", "routes");
    }

    private static void Map<T>(IEndpointRouteBuilder routes, string path, string name)
    {
        var summary = $"Refused: this release has no {name}.";
        RequestDelegate refuse = _ => throw new FairwayException(ErrorKind.Unsupported, name, $"{name} are not part of this release", HcnErrorCode.RequestUnsupported);
        routes.MapGet($"/hcn/v2/{path}", refuse).Gives<IReadOnlyList<T>>(summary, query: HcnQuery.Documentation);
        routes.MapGet($"/hcn/v2/{path}/{{id}}", refuse).Gives<T>(summary);
        routes.MapPost($"/hcn/v2/{path}", refuse).Turns<T, T>(summary, StatusCodes.Status201Created);
        routes.MapPost($"/hcn/v2/{path}/{{id}}/modify", refuse).Turns<T, ModifySettingResponse>(summary);
        routes.MapDelete($"/hcn/v2/{path}/{{id}}", refuse).Does(summary);
    }
}
