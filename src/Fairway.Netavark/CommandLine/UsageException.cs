namespace Fairway.Netavark.CommandLine;

/// <summary>The command line is none of netavark's.</summary>
internal sealed class UsageException(string message) : Exception(message);
