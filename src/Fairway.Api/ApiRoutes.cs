using Fairway.Api.Hcn;
using Fairway.Api.Hns;
using Fairway.Api.Metrics;
using Fairway.Api.OpenApi;
using Fairway.Api.V1;

namespace Fairway.Api;

/// <summary>Every route of the API.</summary>
internal static class ApiRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts, CancellationToken stopping)
    {
        var times = new OperationTimes(parts.Clock);
        OpenApiRoute.Map(routes);
        new HealthRoutes(parts.Host, parts.Daemon, MetricSources(parts, times)).Map(routes);
        new NetworkRoutes(parts.Host).Map(routes);
        new NamespaceRoutes(parts.Host).Map(routes);
        new EndpointRoutes(parts.Host, parts.Statistics, times).Map(routes);
        new PublicationRoutes(parts.Host).Map(routes);
        new PolicyRoutes(parts.Host).Map(routes);
        new LoadBalancerRoutes(parts.Host).Map(routes);
        new RouteRoutes(parts.Host).Map(routes);
        new ExplainRoutes(parts.Host).Map(routes);
        new AttachRoutes(parts.Host, times).Map(routes);
        new EventRoutes(parts.Host, parts.Events, stopping).Map(routes);
        new HcnServiceRoutes(parts.Host, stopping).Map(routes);
        new HcnNetworkRoutes(parts.Host).Map(routes);
        new HcnEndpointRoutes(parts.Host).Map(routes);
        new HcnNamespaceRoutes(parts.Host, times).Map(routes);
        new HcnLoadBalancerRoutes(parts.Host).Map(routes);
        new HcnRouteRoutes(parts.Host).Map(routes);
        MapHns(routes, parts, times);
    }

    private static void MapHns(IEndpointRouteBuilder routes, ApiParts parts, OperationTimes times)
    {
        HnsServiceRoutes.Map(routes);
        new HnsNetworkRoutes(parts.Host).Map(routes);
        new HnsEndpointRoutes(parts.Host, parts.Statistics).Map(routes);
        new HnsAttachRoutes(parts.Host, times).Map(routes);
        new HnsNamespaceRoutes(parts.Host, times).Map(routes);
        new HnsPolicyListRoutes(parts.Host).Map(routes);
    }

    private static IMetricSource[] MetricSources(ApiParts parts, OperationTimes times) =>
    [
        new ProcessMetrics(parts.Daemon),
        new ResourceMetrics(parts.Host),
        new OperationMetrics(times),
        new SwitchMetrics(parts.Statistics),
        new EndpointMetrics(parts.Host, parts.Statistics),
        .. parts.Metrics,
    ];
}
