using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace Fairway.Dns;

/// <summary>Whom to ask about the outside, and how patiently: what resolv.conf(5) says to the host's own programs.</summary>
public sealed record UpstreamConfiguration
{
    private const int Port = 53;

    /// <summary>The servers, in order of preference; empty answers everything of the outside with a failure.</summary>
    public ImmutableArray<IPEndPoint> Servers { get; init; } = [];

    /// <summary>
    /// How long a question waits for each of the <see cref="Attempts"/>, 1 to 30 s. Unset in the file it is 2 s here, not the 5 s of the C library,
    /// so that a question ends before an asker's own first time-out.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often <see cref="Timeout"/> is waited for an answer, 1 to 5. Within that time the servers are asked again after 1 s, 3 s, 7 s...</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>Whether to start with another server each time.</summary>
    public bool Rotate { get; init; }

    /// <summary>Reads resolv.conf text. As in the C library a line that makes no sense is passed over, and no server at all means the one on this host.</summary>
    /// <param name="text">The file's text.</param>
    public static UpstreamConfiguration Parse(string text)
    {
        var configuration = new UpstreamConfiguration();
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            configuration = words switch
            {
                ["nameserver", var address, ..] => configuration.WithServer(address),
                ["options", .. var options] => options.Aggregate(configuration, WithOption),
                _ => configuration,
            };
        }
        return configuration.Servers.IsEmpty ? configuration.WithServer("127.0.0.1") : configuration;
    }

    /// <inheritdoc/>
    public bool Equals(UpstreamConfiguration? other)
        => other is not null && Timeout == other.Timeout && Attempts == other.Attempts && Rotate == other.Rotate && Servers.SequenceEqual(other.Servers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Timeout, Attempts, Rotate, Servers.Length);

    private UpstreamConfiguration WithServer(string text)
    {
        if (!IPAddress.TryParse(text, out IPAddress? address))
            return this;
        var server = new IPEndPoint(address, Port);
        return Servers.Contains(server) ? this : this with { Servers = Servers.Add(server) };
    }

    private static UpstreamConfiguration WithOption(UpstreamConfiguration configuration, string option) => option.Split(':') switch
    {
        ["rotate"] => configuration with { Rotate = true },
        ["timeout", var value] when TryParse(value, out int seconds) => configuration with { Timeout = TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 30)) },
        ["attempts", var value] when TryParse(value, out int rounds) => configuration with { Attempts = Math.Clamp(rounds, 1, 5) },
        _ => configuration,
    };

    private static bool TryParse(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
