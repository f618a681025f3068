namespace Fairway.Cli.Cni;

/// <summary>The configuration list that runtimes get.</summary>
internal static class ConfigurationList
{
    /// <summary>The list's text.</summary>
    /// <param name="socket">The daemon's socket when it is not the usual one, or null.</param>
    public static string Text(string? socket) => $$"""
        {
          "cniVersion": "1.0.0",
          "name": "fairway",
          "plugins": [
            {
              "type": "{{CniInstallation.PluginName}}",{{(socket is null ? "" : $"\n      \"socket\": \"{socket.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\",")}}
              "capabilities": { "portMappings": true, "ips": true, "mac": true, "dns": true, "aliases": true }
            }
          ]
        }

        """;

    /// <summary>Whether a list uses our plugin.</summary>
    public static bool IsOurs(string text) => text.Contains($"\"{CniInstallation.PluginName}\"", StringComparison.Ordinal);
}
