namespace Fairway.Cli.Output.Documents;

/// <summary>The versions at work.</summary>
/// <param name="Client">This command's.</param>
/// <param name="Daemon">The daemon's, or null when it cannot be reached.</param>
/// <param name="Instance">The daemon's instance, or null likewise.</param>
internal sealed record VersionDocument(string Client, string? Daemon, string? Instance);
