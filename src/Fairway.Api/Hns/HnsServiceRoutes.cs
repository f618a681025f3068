using Fairway.Api.Hcn;
using Fairway.Api.Http;
using Fairway.Model.Hcn.V1;

namespace Fairway.Api.Hns;

/// <summary><c>/hns/v1/globals/version</c>.</summary>
internal static class HnsServiceRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/hns/v1/globals/version", context => HnsAnswer.WriteAsync(context, HcnServiceRoutes.Version)).Gives<HnsResponse>("The version of HNS whose behaviour is offered.");
}
