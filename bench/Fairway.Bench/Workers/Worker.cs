using System.Globalization;
using System.Net;

namespace Fairway.Bench.Workers;

/// <summary>The part of the program that runs inside a namespace, on one CPU.</summary>
internal static class Worker
{
    public static int Run(string[] arguments)
    {
        if (arguments is ["serve", var port])
            return Server.Run(int.Parse(port, CultureInfo.InvariantCulture));
        if (arguments is not [var kind, var address, var first, var seconds])
            throw new ArgumentException($"worker: expected serve PORT or KIND ADDRESS PORT SECONDS, not '{string.Join(' ', arguments)}'");
        Func<IPAddress, int, TimeSpan, Measurement> measure = Enum.Parse<MeasurementKind>(kind) switch
        {
            MeasurementKind.RoundTrips => Client.RoundTrips,
            MeasurementKind.Connections => Client.Connections,
            MeasurementKind.Datagrams => Client.Datagrams,
            _ => Client.Stream,
        };
        Console.WriteLine(measure(IPAddress.Parse(address), int.Parse(first, CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))));
        return 0;
    }
}
