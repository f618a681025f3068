using Fairway.Api.Metrics;
using Fairway.Dns;
using Fairway.Engine.Operations;

namespace Fairway.Daemon.Resolving;

/// <summary>What the resolvers did.</summary>
internal sealed class ResolverMetrics(Resolver resolver, IHostNetworking host) : IMetricSource
{
    public void Write(MetricWriter writer)
    {
        var counted = resolver.Statistics;
        var names = host.Networks.ToDictionary(network => network.Number, network => network.Spec.Name);
        writer.Metric("fairway_dns_queries_total", MetricType.Counter, "Queries that came, by network.");
        foreach (var (number, queries) in counted.Queries)
        {
            if (names.TryGetValue(number, out var name)) writer.Sample(queries, ("network", name));
        }
        writer.Metric("fairway_dns_answers_total", MetricType.Counter, "Queries by where their answer came from.")
            .Sample(counted.AnsweredHere, ("source", "names"))
            .Sample(counted.CacheHits, ("source", "cache"))
            .Sample(counted.Shared, ("source", "shared"))
            .Sample(counted.Forwarded, ("source", "upstream"));
        writer.Metric("fairway_dns_failures_total", MetricType.Counter, "Queries and questions that failed, by cause.")
            .Sample(counted.Malformed, ("cause", "malformed"))
            .Sample(counted.TimeOuts, ("cause", "timeout"))
            .Sample(counted.Failures, ("cause", "unanswered"))
            .Sample(counted.Overloads, ("cause", "overload"));
    }
}
