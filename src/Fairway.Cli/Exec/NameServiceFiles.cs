namespace Fairway.Cli.Exec;

/// <summary>
/// The files that decide how a program resolves names, with the content they have inside a namespace. Programs see them so because they run in a mount
/// namespace of their own.
/// </summary>
internal static class NameServiceFiles
{
    private const string ResolvConf = "/etc/resolv.conf";

    /// <summary>
    /// Sockets by which the C library asks daemons of the host in place of the servers in resolv.conf (nss-resolve(8), nscd(8)): those know nothing of
    /// Fairway's names. Covered by an empty file they refuse, and the library goes on with resolv.conf.
    /// </summary>
    private static readonly string[] s_hostDaemons = ["/run/systemd/resolve/io.systemd.Resolve", "/run/nscd/socket"];

    /// <summary>What to cover. A host without a resolv.conf gets one inside; of the sockets, only those that exist.</summary>
    public static IReadOnlyDictionary<string, string> For(ResolverConfiguration resolver, Func<string, bool> exists)
    {
        var files = new Dictionary<string, string> { [ResolvConf] = resolver.ToString() };
        foreach (var socket in s_hostDaemons.Where(exists))
            files[socket] = "";
        return files;
    }
}
