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
    ];
}
