namespace Fairway.Cli.Podman;

/// <summary>The configuration that puts Fairway in netavark's place (containers.conf(5)).</summary>
internal static class DropIn
{
    private const string Mark = "# Written by `fairway podman install`; `fairway podman uninstall` takes it away.";

    /// <summary>The file's text.</summary>
    /// <param name="helperDirectory">Where Fairway's netavark is.</param>
    /// <param name="socket">The daemon's socket when it is not the usual one, or null.</param>
    public static string Text(string helperDirectory, string? socket) => $"""
        {Mark}
        [network]
        network_backend = "netavark"

        [engine]
        # Fairway's netavark is found first; Podman's other helpers stay where they are.
        helper_binaries_dir = [{string.Join(", ", PodmanFiles.PodmansHelperDirectories.Prepend(helperDirectory).Select(Quote))}]
        # Fairway keeps the host's processes off published ports, Podman's own, which would hold them open, included.
        enable_port_reservation = false
        {(socket is null ? "" : $"env = [{Quote($"FAIRWAY_SOCKET={socket}")}]\n")}
        """;

    /// <summary>Whether a text is one of ours.</summary>
    public static bool IsOurs(string text) => text.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Whether a configuration says where helpers are, and so would be overruled.</summary>
    public static bool SetsHelpers(string text) => text.Split('\n').Any(line => line.TrimStart().StartsWith("helper_binaries_dir", StringComparison.Ordinal));

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
