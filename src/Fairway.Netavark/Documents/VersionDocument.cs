namespace Fairway.Netavark.Documents;

/// <summary>The answer to <c>version</c>.</summary>
internal sealed record VersionDocument(string Version, string Commit, string BuildTime, string Target);
