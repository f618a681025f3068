namespace Fairway.Bench.Workers;

/// <summary>What a client measures.</summary>
internal enum MeasurementKind
{
    /// <summary>Requests and answers over one connection, a second.</summary>
    RoundTrips,

    /// <summary>Connections with one request and one answer, a second.</summary>
    Connections,

    /// <summary>Small datagrams received, a second.</summary>
    Datagrams,

    /// <summary>Gbit/s of some streams.</summary>
    Streams,

    /// <summary>Answers of a name server, a second.</summary>
    Names,
}
