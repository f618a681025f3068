using System.Net;
using DnsClient;
using DnsClient.Protocol;
using Fairway.Dns.Tests.Fixtures;

namespace Fairway.Dns.Tests.Serving;

/// <summary>Clients that are not ours: the C library's, through getent, and a resolver library's.</summary>
public sealed class RealClientTests
{
    private static readonly ResolverNetwork s_web = Tables.Network("web").With("c1 www: 10.1.0.2 fd00:1::2", "c2: 10.1.0.3");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task CLibrary_FindsNamesAndAddresses(string server)
    {
        await using var inside = new ServedNamespace($"nameserver {server}\nsearch web\n");
        await using var resolver = new Resolver(new ResolverOptions { Upstreams = new FixedUpstreams() });
        resolver.AddNetwork(s_web, inside.OpenSockets());
        foreach (string name in (string[])["c1", "c1.web", "www", "C1.WEB."])
        {
            (int code, string output) = await inside.RunAsync($"getent ahosts {name}");
            Assert.Equal(0, code);
            Assert.Contains("10.1.0.2", output, StringComparison.Ordinal);
            Assert.Contains("fd00:1::2", output, StringComparison.Ordinal);
        }
        Assert.Contains("c2.web", (await inside.RunAsync("getent hosts 10.1.0.3")).Output, StringComparison.Ordinal);
        Assert.Contains("c1.web", (await inside.RunAsync("getent hosts fd00:1::2")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await inside.RunAsync("getent ahosts nobody")).ExitCode);
    }

    [Fact]
    public async Task CLibrary_AskingWhileTheResolverIsAway_GetsItsAnswerAfterwards()
    {
        await using var inside = new ServedNamespace("nameserver 127.0.0.1\noptions timeout:1 attempts:5\n");
        await using var resolver = new Resolver(new ResolverOptions { Upstreams = new FixedUpstreams() });
        // Bound but not read: what the switch makes of a resolver that is away, silence instead of a refusal.
        IReadOnlyList<System.Net.Sockets.Socket> sockets = inside.OpenSockets();
        Task<(int ExitCode, string Output)> asking = inside.RunAsync("getent ahosts c1");
        while (sockets[0].Available == 0)
            await Task.WhenAny(asking, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation));
        resolver.AddNetwork(s_web, sockets);
        Assert.Contains("10.1.0.2", (await asking).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CLibrary_OnAnInternalNetwork_FailsFast()
    {
        await using var inside = new ServedNamespace("nameserver 127.0.0.1\n");
        await using var resolver = new Resolver(new ResolverOptions { Upstreams = new FixedUpstreams() });
        resolver.AddNetwork(Tables.Network("inner", forwards: false), inside.OpenSockets());
        long start = TimeProvider.System.GetTimestamp();
        Assert.Equal(2, (await inside.RunAsync("getent ahosts example.com")).ExitCode);
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task ResolverLibrary_UnderstandsEveryKindOfAnswer()
    {
        ResolverNetwork many = s_web.With([.. Enumerable.Range(0, 300).Select(i => $"m{i} all: 10.1.{1 + i / 250}.{i % 250}")]);
        await using var served = new ServedNetwork(many);
        var client = new LookupClient(new LookupClientOptions(served.At) { UseCache = false, EnableAuditTrail = true });
        Assert.Equal(IPAddress.Parse("10.1.0.2"), (await client.QueryAsync("c1.web", QueryType.A, cancellationToken: Cancellation)).Answers.ARecords().Single().Address);
        Assert.Equal(IPAddress.Parse("fd00:1::2"), (await client.QueryAsync("c1", QueryType.AAAA, cancellationToken: Cancellation)).Answers.AaaaRecords().Single().Address);
        PtrRecord pointer = (await client.QueryReverseAsync(IPAddress.Parse("10.1.0.3"), Cancellation)).Answers.PtrRecords().Single();
        Assert.Equal("c2.web.", pointer.PtrDomainName.Value);
        Assert.Equal(300, (await client.QueryAsync("all", QueryType.A, cancellationToken: Cancellation)).Answers.ARecords().Count());

        IDnsQueryResponse none = await client.QueryAsync("nobody.web", QueryType.A, cancellationToken: Cancellation);
        Assert.Equal(DnsHeaderResponseCode.NotExistentDomain, none.Header.ResponseCode);
        SoaRecord soa = none.Authorities.OfType<SoaRecord>().Single();
        Assert.Equal(("web.", "nobody.invalid.", 1u), (soa.DomainName.Value, soa.RName.Value, soa.Minimum));
        IDnsQueryResponse noData = await client.QueryAsync("c2.web", QueryType.AAAA, cancellationToken: Cancellation);
        Assert.Equal((DnsHeaderResponseCode.NoError, 0, 1), (noData.Header.ResponseCode, noData.Answers.Count, noData.Authorities.Count));
    }
}
