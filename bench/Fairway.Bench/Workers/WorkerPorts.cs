namespace Fairway.Bench.Workers;

/// <summary>What a server listens on.</summary>
internal static class WorkerPorts
{
    /// <summary>One request and one answer a connection (TCP).</summary>
    public const int Connections = 7000;

    /// <summary>Requests and answers over one connection (TCP).</summary>
    public const int RoundTrips = 7001;

    /// <summary>A sink of datagrams (UDP).</summary>
    public const int Datagrams = 7002;

    /// <summary>Answers every connection with the number of datagrams received so far (TCP).</summary>
    public const int Counter = 7003;

    /// <summary>A sink of streams (TCP).</summary>
    public const int Stream = 7004;

    /// <summary>As <see cref="Connections"/>, and more of them up to <see cref="LastBehind"/>, for callers who know the server by another address.</summary>
    public const int FirstBehind = 7010;

    /// <summary>The last of them.</summary>
    public const int LastBehind = 7014;
}
