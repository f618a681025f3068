using System.Globalization;
using System.Net;

namespace Fairway.Bench.Workers;

/// <summary>What a client process is told on its standard input.</summary>
/// <param name="Kind">What to measure.</param>
/// <param name="Address">Whom to call.</param>
/// <param name="Port">Port of the server; what else a measurement needs is on the ports of <see cref="WorkerPorts"/>.</param>
/// <param name="Duration">How long.</param>
/// <param name="Clients">Streams or askers at once.</param>
/// <param name="Name">The name to ask for; a name server only.</param>
internal sealed record ClientOrder(MeasurementKind Kind, IPAddress Address, int Port, TimeSpan Duration, int Clients = 1, string Name = "-")
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Address} {Port} {Duration.TotalSeconds:R} {Clients} {Name}");

    public static ClientOrder Parse(string line)
    {
        string[] fields = line.Split(' ');
        return new ClientOrder(Enum.Parse<MeasurementKind>(fields[0]), IPAddress.Parse(fields[1]), Number(fields[2]),
            TimeSpan.FromSeconds(double.Parse(fields[3], CultureInfo.InvariantCulture)), Number(fields[4]), fields[5]);
    }

    private static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);
}
