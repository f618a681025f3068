using Fairway.Model.Endpoints;
using Fairway.Model.Health;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Cli.Doctor;

/// <summary>What a daemon that answers says.</summary>
internal sealed record DaemonFacts(HealthDocument Health, IReadOnlyList<Network> Networks, IReadOnlyList<Endpoint> Endpoints,
    IReadOnlyList<NetworkNamespace> Namespaces, IReadOnlyList<PublishedPort> Publications);
