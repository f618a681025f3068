using System.Net;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;

namespace Fairway.Linux.Tests;

/// <summary>The example in the library's README is code that compiles and runs: the method below.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Example_OfTheReadme_IsTheOneThatRunsHere()
    {
        string[] code = [.. File.ReadLines(PathOf("tests/Fairway.Linux.Tests/ReadmeTests.cs"))
            .SkipWhile(line => line.Trim() != "// example")
            .Skip(1)
            .TakeWhile(line => line.Trim() != "// end")
            .Select(line => line.Length > 8 ? line[8..] : "")];
        string readme = File.ReadAllText(PathOf("src/Fairway.Linux/README.md"));

        Assert.NotEmpty(code);
        Assert.Contains($"```csharp\n{string.Join('\n', code)}\n```", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Example_Run_Works()
    {
        // example
        using NetworkNamespace blue = NetworkNamespace.CreateAnonymous();
        using RouteNetlink route = RouteNetlink.Open(blue);

        route.CreateLink(new VethSpec { Name = "left", Up = true, Peer = new VethPeerSpec { Name = "right" } });
        route.SetLink("right", new LinkChange { Up = true, Mtu = 1400 });
        int left = route.GetLink("left").Index;

        var batch = new RouteBatch(); // many changes, one system call
        batch.AddAddress(new InterfaceAddress { LinkIndex = left, Address = IPAddress.Parse("10.1.0.1"), PrefixLength = 24 });
        batch.AddRoute(new Route { Destination = IPNetwork.Parse("10.2.0.0/16"), Gateway = IPAddress.Parse("10.1.0.2") });
        route.Execute(batch);

        foreach (Route each in route.ListRoutes(new RouteFilter { Protocol = RouteProtocol.Static }))
            Console.WriteLine(each); // 10.2.0.0/16 via 10.1.0.2 on link 3
        // end
    }

    /// <summary>The test runs below the repository.</summary>
    private static string PathOf(string file)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Fairway.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, file);
    }
}
