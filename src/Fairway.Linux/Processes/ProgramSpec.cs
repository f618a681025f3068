using Fairway.Linux.Namespaces;

namespace Fairway.Linux.Processes;

/// <summary>A program to run in the place of this process (<see cref="ProcessLauncher.Replace"/>).</summary>
public sealed record ProgramSpec
{
    /// <summary>Path of the program, or a name to be looked up in PATH.</summary>
    public required string FileName { get; init; }

    /// <summary>Its arguments, without the program's own name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its environment; null for this process's.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Network namespace to run it in; null for this process's.</summary>
    public NetworkNamespace? NetworkNamespace { get; init; }

    /// <summary>
    /// Files that are to have another content for the program and its children only, by path: <c>/etc/resolv.conf</c>. A link is followed; a file that does not exist
    /// appears, and the program finds its directory read-only. The directory must exist. Needs CAP_SYS_ADMIN.
    /// </summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => FileName;
}
