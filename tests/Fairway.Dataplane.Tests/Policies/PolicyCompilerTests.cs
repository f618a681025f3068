using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using Fairway.Dataplane.Policies;
using Fairway.Model.Errors;
using Fairway.Model.Policies;
using Fairway.Testing.Policies;

namespace Fairway.Dataplane.Tests.Policies;

/// <summary>The compiled form of access rules says what the rules say, after every change.</summary>
public sealed class PolicyCompilerTests(ITestOutputHelper output)
{
    private const int Seed = 20261124;

    private static readonly IPAddress[] s_local = [IPAddress.Parse("10.80.1.11"), IPAddress.Parse("fd00:80:1::b")];
    private static readonly IPAddress[] s_remotes =
    [
        IPAddress.Parse("10.80.1.12"), IPAddress.Parse("10.80.1.13"), IPAddress.Parse("10.80.1.1"), IPAddress.Parse("192.0.2.7"), IPAddress.Parse("0.0.0.1"),
        IPAddress.Parse("255.255.255.254"), IPAddress.Parse("fd00:80:1::c"), IPAddress.Parse("fd00:80:1::1"), IPAddress.Parse("2001:db8::7"), IPAddress.Parse("8000::"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnyRules_AfterAnyChange_AgreeWithTheEvaluator(bool isNetwork)
    {
        var random = new Random(Seed);
        int cases = 0;
        int decided = 0;
        for (int history = 0; history < 110; history++)
        {
            var policies = new RandomPolicies(random, s_local, s_remotes, isNetwork);
            using var compiler = new PolicyCompiler(lines => new ManagedMemory(lines));
            List<AclRule> rules = [.. Enumerable.Range(0, random.Next(20)).Select(_ => policies.Rule())];
            AddressSets sets = policies.Sets();
            compiler.Apply([], rules, sets);
            for (int change = 0; change < 10; change++)
            {
                for (int i = 0; i < 50; i++)
                {
                    PolicyTuple tuple = policies.Tuple();
                    Agree(rules, sets, compiler, tuple);
                    cases++;
                    decided += PolicyEvaluator.Evaluate(rules, sets, tuple).Rule is null ? 0 : 1;
                }
                List<AclRule> gone = [.. rules.Where(_ => policies.Chance(0.15))];
                List<AclRule> come = [.. Enumerable.Range(0, random.Next(5)).Select(_ => policies.Rule())];
                // Some come under the number of one that stays: it is replaced.
                if (rules.Except(gone).FirstOrDefault() is { } replaced && policies.Chance(0.3))
                    come.Add(policies.Rule() with { Number = replaced.Number });
                rules = [.. rules.Except(gone).Where(rule => come.All(other => other.Number != rule.Number)), .. come];
                if (policies.Chance(0.3))
                    sets = policies.Sets();
                compiler.Apply(gone, come, sets);
            }
        }
        Assert.True(cases >= 50_000 && decided > cases / 4, $"{decided} of {cases} connections met a rule");
    }

    [Fact]
    public void HundredThousandRules_AreCompiledAndChangedWithinTheirBounds()
    {
        ImmutableArray<AclRule> rules = [.. Enumerable.Range(1, 100_000).Select(DistinctRule)];
        using var compiler = new PolicyCompiler(lines => new ManagedMemory(lines));
        var watch = Stopwatch.StartNew();
        compiler.Apply([], rules, AddressSets.None);
        TimeSpan install = watch.Elapsed;
        double[] changes = [.. Enumerable.Range(0, 200).Select(i =>
        {
            watch.Restart();
            compiler.Apply([rules[i * 400]], [DistinctRule(200_000 + i)], AddressSets.None);
            return watch.Elapsed.TotalMilliseconds;
        }).Order()];
        output.WriteLine($"100,000 rules: {install.TotalMilliseconds:F0} ms, {compiler.Memory.Lines * RuleLines.Bytes / 1e6:F1} MB; a change {changes[100]:F3} ms at the median, {changes[^1]:F2} ms at most");
        Assert.True(compiler.Memory.Lines * RuleLines.Bytes < 64_000_000, $"{compiler.Memory.Lines} lines");
        Agree([.. rules], AddressSets.None, compiler, new PolicyTuple(PolicyDirection.Out, s_local[0], IPAddress.Parse("11.0.0.9"), 6, 40000, 443));
        ImageReader.Read(compiler.Memory, new PolicyTuple(PolicyDirection.Out, s_local[0], IPAddress.Parse("192.0.2.1"), 6, 40000, 443), out int looks);
        Assert.True(looks <= 4, $"{looks} looks");
    }

    [Fact]
    public void HundredThousandRules_OnOnePrefix_AreCompiledAndChanged()
    {
        var random = new Random(Seed);
        ImmutableArray<AclRule> rules = [.. Enumerable.Range(1, 100_000).Select(number => Range(number, random))];
        using var compiler = new PolicyCompiler(lines => new ManagedMemory(lines));
        var watch = Stopwatch.StartNew();
        compiler.Apply([], rules, AddressSets.None);
        output.WriteLine($"compiled in {watch.Elapsed.TotalMilliseconds:F0} ms");
        for (int i = 0; i < 5; i++)
        {
            watch.Restart();
            compiler.Apply([rules[i * 1000]], [Range(200_000 + i, random)], AddressSets.None);
            output.WriteLine($"changed in {watch.Elapsed.TotalMilliseconds:F1} ms");
        }
    }

    [Fact]
    public void Rules_OverABound_AreRefusedWithTheNumber()
    {
        using var compiler = new PolicyCompiler(lines => new ManagedMemory(lines));
        IEnumerable<AclRule> shapes = from local in Enumerable.Range(1, 32)
                                      from remote in Enumerable.Range(1, 32)
                                      from port in Enumerable.Range(0, 3)
                                      select Plain((((local * 100) + remote) * 3) + port) with
                                      {
                                          LocalPorts = [new PortInterval(0, (ushort)((1 << port) - 1))],
                                          Local = new AddressMatch { Prefixes = [new IPNetwork(IPAddress.Any, local)] },
                                          Remote = new AddressMatch { Prefixes = [new IPNetwork(IPAddress.Any, remote)] },
                                      };
        FairwayException refusal = Assert.Throws<FairwayException>(() => compiler.Apply([], shapes, AddressSets.None));
        Assert.Equal(ErrorKind.Exhausted, refusal.Kind);
        Assert.Contains("3072", refusal.Message, StringComparison.Ordinal);
    }

    private static void Agree(IReadOnlyList<AclRule> rules, AddressSets sets, PolicyCompiler compiler, PolicyTuple tuple)
    {
        AclRule? expected = PolicyEvaluator.Evaluate(rules, sets, tuple).Rule;
        (PolicyAction Action, uint Number)? found = ImageReader.Read(compiler.Memory, tuple, out _);
        Assert.True(expected?.Number == found?.Number && expected?.Action == found?.Action, $"{tuple}: expected {expected}, found {found}");
    }

    private static AclRule Plain(int number) => new() { Number = (uint)number, Kind = PolicyKind.Acl, Direction = PolicyDirection.Out, Action = PolicyAction.Allow };

    private static AclRule DistinctRule(int number) => Plain(number) with
    {
        Priority = (ushort)(number % 1000),
        Protocols = [6],
        Remote = new AddressMatch { Prefixes = [new IPNetwork(new IPAddress([(byte)(11 + (number >> 16)), (byte)(number >> 8), (byte)number, 0]), 24)] },
        RemotePorts = [new PortInterval((ushort)(number % 60000), (ushort)(number % 60000))],
    };

    private static AclRule Range(int number, Random random)
    {
        ushort first = (ushort)random.Next(65000);
        return Plain(number) with { Priority = (ushort)random.Next(65536), Protocols = [6], RemotePorts = [new PortInterval(first, (ushort)(first + random.Next(500)))] };
    }
}
