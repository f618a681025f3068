namespace Fairway.Netavark.CommandLine;

/// <summary>The commands of netavark and of its plugins.</summary>
internal enum Verb
{
    /// <summary>Connect a container to networks.</summary>
    Setup,
    /// <summary>Disconnect it.</summary>
    Teardown,
    /// <summary>Change whom a network's resolver asks.</summary>
    Update,
    /// <summary>Complete a new network's configuration.</summary>
    Create,
    /// <summary>What this program is, as netavark says it.</summary>
    Version,
    /// <summary>What this program is, as a plugin says it.</summary>
    Info,
    /// <summary>What this program is, for people.</summary>
    ShortVersion,
    /// <summary>How it is called, for people.</summary>
    Help,
}
