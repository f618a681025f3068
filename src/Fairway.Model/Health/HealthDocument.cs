using System.Collections.Immutable;
using Fairway.Model.Collections;

namespace Fairway.Model.Health;

/// <summary>What <c>GET /v1/health</c> answers.</summary>
/// <param name="Status">How the daemon is.</param>
/// <param name="Version">Its version, e.g. <c>0.1.0</c>.</param>
/// <param name="Instance">The instance name everything it makes is named after.</param>
/// <param name="Revision">The last committed store revision.</param>
/// <param name="StartedAt">When this process started.</param>
/// <param name="Namespace">The network namespace it owns, as <c>/proc/self/ns/net</c> names it: <c>net:[4026531840]</c>.</param>
/// <param name="Networks">How many networks are stored.</param>
/// <param name="Endpoints">How many endpoints are stored.</param>
/// <param name="Namespaces">How many namespaces are stored.</param>
/// <param name="Problems">What is not as it should be, one sentence each; empty when healthy.</param>
/// <param name="Repairs">What somebody else disturbed in the kernel during the last hour and was put back, the newest last; 100 at most.</param>
public sealed record HealthDocument(HealthStatus Status, string Version, string Instance, long Revision, DateTimeOffset StartedAt, string Namespace,
    int Networks, int Endpoints, int Namespaces, ImmutableArray<string> Problems, ImmutableArray<Repair> Repairs)
{
    /// <summary>What is not as it should be, one sentence each; empty when healthy.</summary>
    public ImmutableArray<string> Problems { get; init => field = value.OrEmpty(); } = Problems.OrEmpty();

    /// <summary>What somebody else disturbed in the kernel during the last hour and was put back, the newest last; 100 at most.</summary>
    public ImmutableArray<Repair> Repairs { get; init => field = value.OrEmpty(); } = Repairs.OrEmpty();
}
