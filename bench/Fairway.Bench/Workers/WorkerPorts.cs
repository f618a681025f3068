namespace Fairway.Bench.Workers;

/// <summary>What the server of a scenario listens on, from its first port upwards.</summary>
internal static class WorkerPorts
{
    /// <summary>One request and one answer a connection (TCP).</summary>
    public const int Connections = 0;

    /// <summary>Requests and answers over one connection (TCP).</summary>
    public const int RoundTrips = 1;

    /// <summary>A sink of datagrams (UDP).</summary>
    public const int Datagrams = 2;

    /// <summary>Answers every connection with the number of datagrams received so far (TCP).</summary>
    public const int Counter = 3;

    /// <summary>A sink of one stream (TCP).</summary>
    public const int Stream = 4;

    public const int Count = 5;
}
