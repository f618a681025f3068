namespace Fairway.Bench.Groups;

/// <summary>How much is measured.</summary>
internal sealed record Scale
{
    public static Scale Full { get; } = new()
    {
        Name = "full",
        Rounds = 7,
        Duration = TimeSpan.FromSeconds(0.7),
        Repeats = 30,
        Bursts = 5,
        Endpoints = [1, 100, 1000, 4000],
        AtOnce = [1, 16, 100],
        Patience = TimeSpan.FromSeconds(150),
        Idle = TimeSpan.FromSeconds(20),
        Again = 0.3,
        Ports = [1, 100, 10_000],
        Rules = [10, 100, 1000, 10_000, 100_000],
        Services = [1, 100, 10_000],
        Commands = 7,
        CommandPorts = [0, 1, 100],
    };

    public static Scale Quick { get; } = new()
    {
        Name = "quick",
        Rounds = 3,
        Duration = TimeSpan.FromSeconds(0.2),
        Repeats = 7,
        Bursts = 3,
        Endpoints = [1, 100],
        AtOnce = [1, 16],
        Patience = TimeSpan.FromSeconds(12),
        Idle = TimeSpan.FromSeconds(5),
        Again = 0,
        Ports = [1, 30],
        Rules = [10, 10_000],
        Services = [1, 1000],
        Commands = 3,
        CommandPorts = [0, 1],
    };

    public required string Name { get; init; }

    /// <summary>Rounds of what takes a while.</summary>
    public required int Rounds { get; init; }

    /// <summary>How long a client measures.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Rounds of single operations.</summary>
    public required int Repeats { get; init; }

    /// <summary>Rounds of many operations at once.</summary>
    public required int Bursts { get; init; }

    /// <summary>Numbers of endpoints.</summary>
    public required IReadOnlyList<int> Endpoints { get; init; }

    /// <summary>Numbers of operations at once.</summary>
    public required IReadOnlyList<int> AtOnce { get; init; }

    /// <summary>How long a peer may take to get to a number.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>How many more rounds are measured in place of disturbed ones, in relation to those wanted.</summary>
    public required double Again { get; init; }

    /// <summary>Numbers of published ports.</summary>
    public required IReadOnlyList<int> Ports { get; init; }

    /// <summary>Numbers of access rules.</summary>
    public required IReadOnlyList<int> Rules { get; init; }

    /// <summary>Numbers of load balancers.</summary>
    public required IReadOnlyList<int> Services { get; init; }

    /// <summary>Rounds of whole commands of engines.</summary>
    public required int Commands { get; init; }

    /// <summary>Numbers of ports such a command publishes.</summary>
    public required IReadOnlyList<int> CommandPorts { get; init; }

    /// <summary>How long idle daemons are watched.</summary>
    public required TimeSpan Idle { get; init; }
}
