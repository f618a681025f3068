using Fairway.Model.Names;

namespace Fairway.Cni.Protocol;

/// <summary>
/// The parameters a runtime hands over as environment variables. Which a command needs: ADD and CHECK the container, its namespace and the
/// interface; DEL the container and the interface, because the namespace may be gone; GC, STATUS and VERSION none.
/// </summary>
internal sealed record CniEnvironment
{
    private const int MaximumIdLength = 255;

    public required CniCommand Command { get; init; }
    /// <summary>The runtime's id of the container or sandbox; empty where the command needs none.</summary>
    public string ContainerId { get; init; } = "";
    /// <summary>A path that opens the namespace; empty where the command needs none.</summary>
    public string NetnsPath { get; init; } = "";
    /// <summary>Interface name inside; empty where the command needs none.</summary>
    public string InterfaceName { get; init; } = "";
    public CniArguments Arguments { get; init; } = CniArguments.None;

    /// <summary>Reads what the command needs.</summary>
    /// <param name="variable">Reads a variable.</param>
    /// <exception cref="CniException">InvalidEnvironment, with the names of all variables at fault.</exception>
    public static CniEnvironment Read(Func<string, string?> variable)
    {
        var command = ReadCommand(variable("CNI_COMMAND"));
        if (command is not (CniCommand.Add or CniCommand.Check or CniCommand.Del))
            return new CniEnvironment { Command = command };
        var environment = new CniEnvironment
        {
            Command = command,
            ContainerId = variable("CNI_CONTAINERID") ?? "",
            NetnsPath = variable("CNI_NETNS") ?? "",
            InterfaceName = variable("CNI_IFNAME") ?? "",
        };
        string[] faults = [.. environment.Faults()];
        if (faults is not [])
            throw Wrong(string.Join("; ", faults));
        // What DEL takes away is known by container and interface alone.
        return command == CniCommand.Del ? environment : environment with { Arguments = CniArguments.Parse(variable("CNI_ARGS")) };
    }

    private static CniCommand ReadCommand(string? text) => text switch
    {
        "ADD" => CniCommand.Add,
        "DEL" => CniCommand.Del,
        "CHECK" => CniCommand.Check,
        "GC" => CniCommand.Gc,
        "STATUS" => CniCommand.Status,
        "VERSION" => CniCommand.Version,
        null or "" => throw Wrong("CNI_COMMAND is not set; this program is started by container runtimes: see docs/spec/cni.md"),
        _ => throw Wrong($"CNI_COMMAND '{ResourceName.Printable(text)}' is not a command; use ADD, DEL, CHECK, GC, STATUS or VERSION"),
    };

    private IEnumerable<string> Faults()
    {
        if (CheckId(ContainerId) is { } id)
            yield return $"CNI_CONTAINERID: {id}";
        if (Command != CniCommand.Del && CheckNetns(NetnsPath) is { } netns)
            yield return $"CNI_NETNS: {netns}";
        if (Fairway.Model.Names.InterfaceName.Check(InterfaceName) is { } name)
            yield return $"CNI_IFNAME: {name}";
    }

    private static string? CheckId(string id)
    {
        if (id.Length == 0)
            return "it is not set; give the container's id";
        if (id.Length > MaximumIdLength)
            return $"the id has {id.Length} characters; use at most {MaximumIdLength}";
        return char.IsAsciiLetterOrDigit(id[0]) && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-')
            ? null
            : $"'{ResourceName.Printable(id)}' is not a container id; it has letters, digits, '_', '.' and '-', a letter or digit first";
    }

    private static string? CheckNetns(string path) =>
        path.Length == 0 ? "it is not set; give the path of the container's namespace"
        : path[0] != '/' ? $"'{ResourceName.Printable(path)}' is not an absolute path; give one like /var/run/netns/NAME"
        : null;

    private static CniException Wrong(string message) => new(CniErrorCode.InvalidEnvironment, message);
}
