using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary>Wrong inputs as users make them: a sentence that names the object and the remedy, and nothing changed.</summary>
public sealed class BadInputTests(BadInputTests.Setup setup) : IClassFixture<BadInputTests.Setup>
{
    [Theory]
    [InlineData("network create web", "'web'")]
    [InlineData("network create ../etc/passwd", "../etc/passwd")]
    [InlineData("network create bad --subnet 10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("network create bad --subnet 10.1.2.0/99", "10.1.2.0/99")]
    [InlineData("network create bad --subnet 198.51.100.0/24", "198.51.100.0/24")]
    [InlineData("network create bad --subnet 10.77.0.0/16", "'fixed'")]
    [InlineData("network create bad --subnet 10.99.0.0/24 --gateway 10.98.0.1", "10.98.0.1")]
    [InlineData("network create bad --mtu 12", "mtu")]
    [InlineData("network create bad --type mirrored", "mirrored")]
    [InlineData("network delete web", "c1")]
    [InlineData("network delete nothing", "nothing")]
    [InlineData("endpoint create c1 --network web", "'c1'")]
    [InlineData("endpoint create x --network nowhere", "nowhere")]
    [InlineData("endpoint create x --network web --namespace nowhere", "nowhere")]
    [InlineData("endpoint create x --network web --netns /run/netns/no-such-thing", "/run/netns/no-such-thing")]
    [InlineData("endpoint create x --network web --namespace c1", "eth0")]
    [InlineData("endpoint create x --network fixed --ip 10.78.0.9", "10.78.0.9")]
    [InlineData("endpoint create x --network fixed --ip 10.77.0.1", "10.77.0.1")]
    [InlineData("endpoint create x --network fixed --ip 10.77.0.2", "f1")]
    [InlineData("endpoint create x --network web --mac 01:00:5e:00:00:01", "01:00:5e:00:00:01")]
    [InlineData("endpoint create x --network web --publish 70000:80", "70000")]
    [InlineData("endpoint create x --network web --publish 80-90:80-85", "80-90")]
    [InlineData("endpoint create x --network web --publish 8080:80", "'web/c1'")]
    [InlineData("endpoint create x --network tiny", "tiny")]
    [InlineData("endpoint create x --network web --ifname waytoolonginterfacename", "waytoolonginterfacename")]
    [InlineData("port publish f1 9700:80", "pid")]
    [InlineData("port unpublish c1 1:1", "1")]
    [InlineData("namespace delete c1", "c1")]
    [InlineData("namespace create ../c9", "../c9")]
    [InlineData("network show 9e2d3a11-0000-4000-8000-000000000000", "9e2d3a11-0000-4000-8000-000000000000")]
    [InlineData("endpoint attach f1 --netns /run/netns/no-such-thing", "/run/netns/no-such-thing")]
    [InlineData("endpoint show c", "c")]
    public async Task Command_IsRefused_NamingWhatIsWrong_AndChangesNothing(string command, string named)
    {
        string before = await StateAsync();
        CommandResult result = await setup.Machine.FairwayAsync(command.Split(' '));
        Assert.True(result.ExitCode != 0, $"{command}: succeeded\n{result.Output}");
        Assert.Contains(named, result.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.True(result.Errors.Trim().Split('\n').Length <= 3, result.Errors);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task NameOf300Characters_IsRefused()
    {
        CommandResult result = await setup.Machine.FairwayAsync("network", "create", new string('a', 300));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("63", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondDaemon_IsRefused_NamingTheFirst()
    {
        CommandResult result = await setup.Machine.DaemonCommandAsync();
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(setup.Machine.Instance, result.Errors + result.Output, StringComparison.Ordinal);
        await setup.Machine.Client.GetHealthAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> StateAsync()
    {
        string links = (await setup.Machine.Host.RunAsync("sh", "-c", "ip -o link | grep -v condemned | sed 's/ qlen.*//' | grep -v 'fwx'; ls /run/netns | grep " + setup.Machine.Instance)).Output;
        return links + await setup.Machine.DoAsync("network list --output json") + await setup.Machine.DoAsync("endpoint list --output json");
    }

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web");
            await Machine.DoAsync("network create fixed --subnet 10.77.0.0/16");
            await Machine.DoAsync("network create tiny --subnet 10.76.0.0/30");
            await Machine.AddAsync("c1", "web", "--publish 8080:80");
            await Machine.DoAsync("endpoint create f1 --network fixed --ip 10.77.0.2");
            await Machine.DoAsync("endpoint create t1 --network tiny");
            Machine.Host.ServeTcp(9700);
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
