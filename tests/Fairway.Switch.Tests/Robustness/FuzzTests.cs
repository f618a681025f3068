using CsCheck;
using Fairway.Switch.Tests.Fixtures;

namespace Fairway.Switch.Tests.Robustness;

/// <summary>
/// Random changes of good frames never get past the rules. What is found goes to <see cref="CorpusTests"/>. The number of cases is that of environment variable
/// FAIRWAY_FUZZ, for those who have a night.
/// </summary>
public sealed class FuzzTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const int Cases = 30_000;
    private const int CasesPerScene = 500;
    private const int CasesPerCall = 64;

    private readonly SwitchUnderTest _fixture = fixture;
    private Traffic? _traffic;
    private int _done;

    [Fact]
    public void Frame_ChangedAtRandom_KeepsTheRules()
    {
        int cases = int.TryParse(Environment.GetEnvironmentVariable("FAIRWAY_FUZZ"), out int asked) ? asked : Cases;
        byte[][] pool = [.. Pieces(Scene)];
        _traffic = new Traffic(Scene);
        Gen<Input> gen = Gen.Select(Gen.Int[0, _traffic.Samples.Count - 1], Mutation.Gen.List[1, 4], Gen.Bool, (sample, mutations, repair) => new Input(sample, mutations, repair));
        gen.Array[1, CasesPerCall].Sample(
            inputs => _fixture.Host.Run(() => Array.ForEach(inputs, input => Check(input, pool))),
            iter: cases * 2 / CasesPerCall,
            threads: 1,
            print: inputs => string.Join('\n', inputs.Select(input => Change(input, pool).ToString())));
    }

    private void Check(Input input, byte[][] pool)
    {
        // What some frames leave behind would keep others from getting far.
        if (++_done % CasesPerScene == 0)
            _traffic = new Traffic(new Scene(_fixture));
        Sample sample = Change(input, pool);
        if (sample.CanBeMade)
            new Rules(_traffic!.Scene).Check(sample, sample.Send(_traffic.Scene));
    }

    private Sample Change(Input input, byte[][] pool)
    {
        Sample sample = _traffic!.Samples[input.Sample];
        byte[] frame = input.Mutations.Aggregate(sample.Frame, (bytes, mutation) => mutation.Apply(bytes, pool));
        return sample with { Frame = input.Repair ? Mutation.Repair(frame) : frame };
    }

    /// <summary>MACs and addresses of everybody, and numbers that mean something.</summary>
    private static IEnumerable<byte[]> Pieces(Scene scene)
    {
        foreach (TestEndpoint endpoint in scene.Endpoints)
        {
            byte[] mac = new byte[6];
            endpoint.Mac.CopyTo(mac);
            yield return mac;
            yield return endpoint.V4.GetAddressBytes();
            yield return endpoint.V6.GetAddressBytes();
            yield return endpoint.V4.MapToIPv6().GetAddressBytes();
        }
        foreach (string address in new[]
        {
            "192.0.2.10", "127.0.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "9.9.9.9", "8.8.4.4", "2001:db8:2::10", "::1", "::", "ff02::1", "fe80::1", "2001:db8:99::1", "2001:db8:88::7",
        })
        {
            yield return System.Net.IPAddress.Parse(address).GetAddressBytes();
        }
        foreach (ushort word in (ushort[])[0x0800, 0x0806, 0x86DD, 0x8100, 53, 123, 67, 68, 546, 547, 4000, 5555, 8080, 0x2000, 0x4000, 0xFFFF])
            yield return [(byte)(word >> 8), (byte)word];
        foreach (byte value in (byte[])[0, 1, 2, 6, 17, 43, 44, 58, 59, 60, 133, 134, 135, 136, 137, 255])
            yield return [value];
    }

    /// <param name="Sample">Number of the frame to change.</param>
    /// <param name="Repair">Whether lengths and checksums are made right afterwards.</param>
    private sealed record Input(int Sample, List<Mutation> Mutations, bool Repair);
}
