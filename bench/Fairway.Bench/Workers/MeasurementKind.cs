namespace Fairway.Bench.Workers;

/// <summary>What is measured on a path.</summary>
internal enum MeasurementKind
{
    /// <summary>Requests and answers over one connection, a second.</summary>
    RoundTrips,

    /// <summary>Connections with one request and one answer, a second.</summary>
    Connections,

    /// <summary>Small datagrams received, a second.</summary>
    Datagrams,

    /// <summary>Gbit/s of one stream.</summary>
    Stream,
}
