namespace Fairway.Dns.Bench;

/// <summary>What a run measured.</summary>
/// <param name="Clients">Clients at once.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Latencies">Of every answered query, in microseconds, sorted.</param>
/// <param name="Lost">Queries without an answer in two seconds.</param>
/// <param name="Failed">Answers that were a failure.</param>
internal sealed record Result(int Clients, TimeSpan Elapsed, double[] Latencies, int Lost, int Failed)
{
    public int Answers => Latencies.Length;

    public override string ToString()
        => $"{Clients,5} clients {Answers / Elapsed.TotalSeconds,8:F0} queries/s, p50 {At(0.5),7:F0} us, p99 {At(0.99),7:F0} us, max {At(1),8:F0} us, {Lost} lost, {Failed} failed";

    private double At(double share) => Latencies.Length == 0 ? double.NaN : Latencies[(int)((Latencies.Length - 1) * share)];
}
