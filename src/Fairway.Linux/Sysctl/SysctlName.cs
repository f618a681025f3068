using System.Net.Sockets;

namespace Fairway.Linux.Sysctl;

/// <summary>
/// Names a kernel setting by its path below /proc/sys. Interface names may contain dots, so the form with slashes, <c>net/ipv4/conf/eth0.100/forwarding</c>,
/// is the one without doubt; the form with dots, <c>net.ipv4.ip_forward</c>, is read as sysctl(8) reads it. Both convert implicitly.
/// </summary>
public readonly record struct SysctlName
{
    private SysctlName(string path) => Path = path;

    /// <summary>Path below /proc/sys, with slashes.</summary>
    public string Path { get; }

    /// <summary>Reads a name.</summary>
    /// <param name="name">
    /// If its first separator is a slash, the path. If it is a dot, the parts are separated by dots, and a slash stands for a dot inside a part:
    /// <c>net.ipv4.conf.eth0/100.forwarding</c>.
    /// </param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">A part is empty, or leads elsewhere (<c>..</c>).</exception>
    public static SysctlName FromString(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        int separator = name.AsSpan().IndexOfAny('.', '/');
        bool dotted = separator >= 0 && name[separator] == '.';
        string path = dotted ? name.Replace('.', '\n').Replace('/', '.').Replace('\n', '/') : name;
        foreach (string part in path.Split('/'))
        {
            if (part is "" or "." or ".." || part.Contains('\0'))
                throw new ArgumentException($"kernel setting '{name}' cannot be a path below /proc/sys", nameof(name));
        }
        return new SysctlName(path);
    }

    /// <summary>Reads a name.</summary>
    /// <param name="name">As in <see cref="FromString"/>.</param>
    public static implicit operator SysctlName(string name) => FromString(name);

    /// <summary>A setting of one interface.</summary>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="link">Name of the interface; also <c>all</c> and <c>default</c>.</param>
    /// <param name="setting">Last part of the path: <c>forwarding</c>.</param>
    /// <returns><c>net/ipv4/conf/LINK/SETTING</c>, or the same of IPv6.</returns>
    public static SysctlName OfLink(AddressFamily family, string link, string setting) => Build(family, "conf", link, setting);

    /// <summary>A setting of one interface's neighbour table.</summary>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="link">Name of the interface; also <c>default</c>.</param>
    /// <param name="setting">Last part of the path: <c>gc_stale_time</c>.</param>
    /// <returns><c>net/ipv4/neigh/LINK/SETTING</c>, or the same of IPv6.</returns>
    public static SysctlName OfNeighbours(AddressFamily family, string link, string setting) => Build(family, "neigh", link, setting);

    /// <inheritdoc/>
    public override string ToString() => Path;

    private static SysctlName Build(AddressFamily family, string table, string link, string setting)
    {
        ArgumentException.ThrowIfNullOrEmpty(link);
        ArgumentException.ThrowIfNullOrEmpty(setting);
        if (link is "." or ".." || link.AsSpan().ContainsAny("/\0"))
            throw new ArgumentException($"'{link}' cannot be the name of an interface", nameof(link));
        string version = family switch
        {
            AddressFamily.InterNetwork => "ipv4",
            AddressFamily.InterNetworkV6 => "ipv6",
            _ => throw new ArgumentOutOfRangeException(nameof(family), $"address family {family} is neither IPv4 nor IPv6"),
        };
        return FromString($"net/{version}/{table}/{link}/{setting}");
    }
}
