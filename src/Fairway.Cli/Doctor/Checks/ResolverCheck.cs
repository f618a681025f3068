using Fairway.Cli.Output;

namespace Fairway.Cli.Doctor.Checks;

/// <summary>Where names that are not Fairway's are asked for.</summary>
internal static class ResolverCheck
{
    private const string Name = "names";

    public static IEnumerable<CheckResult> Of(HostFacts host) =>
    [
        host.Resolvers.Count > 0
            ? CheckResult.Ok(Name, $"names outside are asked of {Text.List(host.Resolvers.Select(resolver => resolver.ToString()))}")
            : CheckResult.Warn(Name, "/etc/resolv.conf names no server: endpoints resolve each other and nothing else", "name one there"),
        .. Hidden(host),
    ];

    /// <summary>What a network's resolver takes for names of the network is never asked outside.</summary>
    private static IEnumerable<CheckResult> Hidden(HostFacts host) =>
        from network in host.Daemon?.Networks ?? []
        let name = network.Spec.Name
        where network.Spec.Traits.HasGateway && TopLevelDomains.Contains(name)
        select CheckResult.Warn(Name, $"network '{name}' is called like a top-level domain: its endpoints resolve no name of the Internet that ends in .{name}",
            "give the network another name");
}
