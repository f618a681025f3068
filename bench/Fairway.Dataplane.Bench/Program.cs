using System.Globalization;
using Fairway.Dataplane;
using Fairway.Dataplane.Bench;
using Fairway.Engine.Plan;

// Attaching and detaching through the drivers, beside the kernel's floor, turn by turn; then a host with many endpoints.
// usage: Fairway.Dataplane.Bench [ENDPOINTS=1000]
int count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
const int Turns = 100;
var times = new Timings();
using var host = new BenchHost(Math.Max(count, Turns));
HostDataplane dataplane = HostDataplane.Open(host.Options, host.Settings);
try
{
    dataplane.Drivers.Networks.Apply([host.Network]);
    dataplane.Drivers.Uplinks.Synchronize();
    AttachBesideTheFloor();
    await ManyAsync();
    AttachAtOnce();
    Publish();
}
finally
{
    await dataplane.DisposeAsync();
}
Console.Write(times);

void AttachBesideTheFloor()
{
    using var floor = new KernelFloor(host.Space);
    for (int i = -Turns; i < Turns; i++)
    {
        EndpointPlan endpoint = host.Endpoints[Math.Abs(i) % Turns];
        // The first round is for the runtime to compile what it needs.
        string round = i < 0 ? "(warm-up) " : "";
        times.Measure(round + "floor: attach", () => floor.Attach(endpoint));
        floor.Detach(endpoint);
        times.Measure(round + "attach", () => dataplane.Drivers.Endpoints.Apply(endpoint));
        times.Measure(round + "detach", () => dataplane.Drivers.Endpoints.Remove([endpoint]));
        times.Measure(round + "attach again at once", () => dataplane.Drivers.Endpoints.Apply(endpoint));
        dataplane.Drivers.Endpoints.Remove([endpoint]);
    }
}

async Task ManyAsync()
{
    for (int i = 0; i < count; i++)
    {
        EndpointPlan endpoint = host.Endpoints[i];
        times.Measure(i >= count - Turns ? $"attach the last {Turns} of {count}" : "attach many", () => dataplane.Drivers.Endpoints.Apply(endpoint));
    }
    for (int i = 0; i < 5; i++)
        times.Measure($"observe {count}", () => Require(dataplane.Drivers.Endpoints.Observe(host.Endpoints).Count == host.Endpoints.Count || count < Turns));
    for (int i = 0; i < 3; i++)
    {
        await dataplane.DisposeAsync();
        times.Measure($"start with {count}", () => dataplane = HostDataplane.Open(host.Options, host.Settings));
        times.Measure($"observe {count} after start", () => dataplane.Drivers.Endpoints.Observe(host.Endpoints));
        times.Measure("synchronize uplinks after start", () => dataplane.Drivers.Uplinks.Synchronize());
    }
}

void AttachAtOnce()
{
    EndpointPlan[] some = [.. host.Endpoints.Take(Turns)];
    foreach (int threads in (int[])[1, 4])
    {
        times.Measure($"detach {Turns} in one call", () => dataplane.Drivers.Endpoints.Remove(some));
        times.Measure($"attach {Turns} on {threads} threads", () => Parallel.ForEach(some, new ParallelOptions { MaxDegreeOfParallelism = threads },
            endpoint => times.Measure($"  one of them ({threads} threads)", () => dataplane.Drivers.Endpoints.Apply(endpoint))));
    }
}

void Publish()
{
    IReadOnlyList<PublicationPlan> many = host.Publications(20000, 10000);
    times.Measure("publish 10,000 ports", () => dataplane.Drivers.Publications.Apply(many));
    times.Measure("synchronize 10,000 ports", () => dataplane.Drivers.Publications.Synchronize(many));
    foreach (PublicationPlan one in host.Publications(40000, Turns))
    {
        times.Measure("publish one more", () => dataplane.Drivers.Publications.Apply([one]));
        times.Measure("withdraw it", () => dataplane.Drivers.Publications.Remove([one]));
    }
}

static void Require(bool condition)
{
    if (!condition)
        throw new InvalidOperationException("not everything is in place");
}
