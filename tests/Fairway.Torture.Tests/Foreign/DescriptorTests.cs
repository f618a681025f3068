using System.Globalization;
using System.Net.Sockets;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Torture.Tests.Fixtures;

namespace Fairway.Torture.Tests.Foreign;

/// <summary>No file descriptors left: requests wait or are refused with a reason, nothing is half done, traffic goes on, and with descriptors again so does the daemon.</summary>
public sealed class DescriptorTests : IAsyncLifetime
{
    private readonly Machine _machine = new();

    public ValueTask InitializeAsync() => _machine.InitializeAsync();

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task NoDescriptors_RefusesOrDelays_AndRecovers()
    {
        await _machine.DoAsync("network create web");
        Place client = await _machine.AddAsync("client", "web");
        (await _machine.AddAsync("server", "web", "--publish 8080:80")).ServeEcho(80);
        using Socket between = await client.ConnectAsync(await _machine.AddressAsync("server", 4), 80);
        (await Programs.RunAsync(["ip", "netns", "add", $"{_machine.Instance}.guest"])).Expect();
        int refused = 0, answered = 0;
        int highest = Directory.GetFiles($"/proc/{_machine.DaemonPid}/fd").Max(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture));
        int usual = int.Parse(File.ReadLines($"/proc/{_machine.DaemonPid}/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal))["Max open files".Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        // From none at all to enough.
        for (int spare = 0; spare < 16; spare++)
        {
            await LimitAsync(highest + 1 + spare);
            bool? done = await AttachAsync();
            await Echo.CheckAsync(between);
            await LimitAsync(usual);
            refused += done == false ? 1 : 0;
            answered += done == true ? 1 : 0;
            IReadOnlyList<Endpoint> endpoints = await new Agreement(_machine).CheckAsync($"{spare} descriptors");
            Assert.True(done != true || endpoints.Any(endpoint => endpoint.Spec.Name == "guest"), $"{spare} descriptors: answered and not there");
            Assert.True(done != false || !endpoints.Any(endpoint => endpoint.Spec.Name == "guest"), $"{spare} descriptors: refused and there");
            await SwitchAgreement.CheckAsync(_machine, endpoints, $"{spare} descriptors");
            await _machine.Client.DetachAsync(new DetachRequest(new Owner("torture", "guest")), TestContext.Current.CancellationToken);
        }
        Assert.True(answered > 0, "no limit was enough");
        Run.Tell($"attach under 16 limits of descriptors: {answered} times done, {refused} times refused, {16 - answered - refused} times without an answer");
    }

    /// <summary>Null when there was no answer in time.</summary>
    private async Task<bool?> AttachAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(3));
        try
        {
            await _machine.Client.AttachAsync(new AttachRequest { Network = "web", Endpoint = "guest", NetnsPath = $"/run/netns/{_machine.Instance}.guest", Owner = new Owner("torture", "guest") }, patience.Token);
            return true;
        }
        catch (FairwayException problem)
        {
            return problem.Kind == ErrorKind.Unavailable ? null : false;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task LimitAsync(int descriptors)
        => (await Programs.RunAsync(["prlimit", "--pid", $"{_machine.DaemonPid}", $"--nofile={descriptors}:"])).Expect();
}
