namespace Fairway.Netavark.Documents;

/// <summary>The answer to <c>info</c>.</summary>
internal sealed record PluginVersion(string Version, string ApiVersion);
