namespace Fairway.Cli.Cni;

/// <summary>The configuration list that runtimes get.</summary>
internal static class ConfigurationList
{
    /// <summary>The list's text.</summary>
    /// <param name="socket">The daemon's socket when it is not the usual one, or null.</param>
    /// <param name="network">The network containers join, or null for the list's own.</param>
    public static string Text(string? socket, string? network) => $$"""
        {
          "cniVersion": "1.0.0",
          "name": "fairway",
          "plugins": [
            {
              "type": "{{CniInstallation.PluginName}}",{{Member("network", network)}}{{Member("socket", socket)}}
              "capabilities": { "portMappings": true, "ips": true, "mac": true, "dns": true, "bandwidth": true, "aliases": true }
            }
          ]
        }

        """;

    private static string Member(string name, string? value) => value is null ? ""
        : $"\n      \"{name}\": \"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\",";

    /// <summary>Whether a list uses our plugin.</summary>
    public static bool IsOurs(string text) => text.Contains($"\"{CniInstallation.PluginName}\"", StringComparison.Ordinal);
}
