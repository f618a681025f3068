using System.Net;
using Fairway.Dns.Bench;

// Queries per second and latency of a resolver asked by many clients at once, each with one query open.
//   Fairway.Dns.Bench                                 ours, in a process of its own: own names, then forwarded and cached ones
//   Fairway.Dns.Bench load SERVER:PORT NAME [CLIENTS] [SECONDS]    any resolver; `#` in the name is replaced by a running number
//   Fairway.Dns.Bench serve ADDRESS:PORT              ours alone, until the input ends
switch (args)
{
    case ["serve", var at]:
        await Served.RunAsync(IPEndPoint.Parse(at));
        return 0;
    case ["load", var server, var name, .. var rest]:
        Console.WriteLine(await Load.RunAsync(IPEndPoint.Parse(server), name, Number(rest, 0, 1000), TimeSpan.FromSeconds(Number(rest, 1, 5))));
        return 0;
    case []:
        await Comparison.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("usage: Fairway.Dns.Bench [load SERVER:PORT NAME [CLIENTS] [SECONDS] | serve ADDRESS:PORT]");
        return 2;
}

static int Number(string[] rest, int index, int otherwise) => rest.Length > index ? int.Parse(rest[index]) : otherwise;
