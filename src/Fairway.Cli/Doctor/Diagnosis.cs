using Fairway.Cli.CommandLine;
using Fairway.Cli.Doctor.Checks;

namespace Fairway.Cli.Doctor;

/// <summary>All checks over one reading of the host.</summary>
internal static class Diagnosis
{
    private static readonly Func<HostFacts, IEnumerable<CheckResult>>[] s_checks =
    [
        DaemonCheck.Of, KernelCheck.Of, PrivilegeCheck.Of, FileSystemCheck.Of, SettingsCheck.Of, FirewallCheck.Of, AddressCheck.Of, PortCheck.Of, TunnelCheck.Of, ResolverCheck.Of,
        LeftoverCheck.Of,
    ];

    public static IReadOnlyList<CheckResult> Of(HostFacts host) => [.. s_checks.SelectMany(check => check(host))];

    /// <summary>The worst finding decides.</summary>
    public static int ExitCodeOf(IEnumerable<CheckResult> results) => results.Select(result => result.Level).DefaultIfEmpty().Max() switch
    {
        CheckLevel.Fail => ExitCode.DoctorFailure,
        CheckLevel.Warn => ExitCode.DoctorWarning,
        _ => ExitCode.Success,
    };
}
