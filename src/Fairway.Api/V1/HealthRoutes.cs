using Fairway.Api.Http;
using Fairway.Api.Metrics;
using Fairway.Engine.Operations;
using Fairway.Model.Endpoints;
using Fairway.Model.Health;

namespace Fairway.Api.V1;

/// <summary><c>/v1/health</c> and <c>/v1/metrics</c>.</summary>
internal sealed class HealthRoutes(IHostNetworking host, DaemonDescription daemon, IReadOnlyList<IMetricSource> metrics)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/health", context => JsonAnswer.WriteAsync(context, Health()))
            .Gives<HealthDocument>("How the daemon is.");
        routes.MapGet("/v1/metrics", MetricsAsync)
            .Gives<string>("Counters in the Prometheus text format.", contentType: MetricWriter.ContentType);
    }

    private HealthDocument Health()
    {
        var endpoints = host.Endpoints;
        string[] problems =
        [
            .. endpoints.Where(endpoint => endpoint.State == EndpointState.Degraded)
                .Select(endpoint => $"endpoint '{endpoint.Spec.Name}': {endpoint.Message}"),
        ];
        return new HealthDocument(problems.Length == 0 ? HealthStatus.Healthy : HealthStatus.Degraded, daemon.Version, daemon.Instance, host.Revision,
            daemon.StartedAt, daemon.Namespace, host.Networks.Count, endpoints.Count, host.Namespaces.Count, [.. problems], [.. host.Repairs]);
    }

    private async Task MetricsAsync(HttpContext context)
    {
        var writer = new MetricWriter();
        foreach (var source in metrics) source.Write(writer);
        context.Response.ContentType = MetricWriter.ContentType;
        await context.Response.WriteAsync(writer.ToString(), context.RequestAborted);
    }
}
