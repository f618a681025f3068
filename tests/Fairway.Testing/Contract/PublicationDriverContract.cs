using System.Net;
using Fairway.Engine.Plan;

namespace Fairway.Testing.Contract;

public abstract class PublicationDriverContract : DriverContract
{
    [Fact]
    public void Synchronize_AfterApply_ChangesNothing()
    {
        PublicationPlan[] publications = [Sample(1, 8080), Sample(2, 9000, 10), Sample(3, 7000, 1, IPNetwork.Parse("192.0.2.0/24"))];
        Drivers.Publications.Apply(publications);
        Assert.Equal(0, Drivers.Publications.Synchronize(publications));
    }

    [Fact]
    public void Synchronize_OfMissing_AddsThem()
    {
        PublicationPlan[] publications = [Sample(1, 8080), Sample(2, 9000, 10)];
        Assert.NotEqual(0, Drivers.Publications.Synchronize(publications));
        Assert.Equal(0, Drivers.Publications.Synchronize(publications));
    }

    [Fact]
    public void Synchronize_OfFewer_RemovesTheRest()
    {
        PublicationPlan[] publications = [Sample(1, 8080), Sample(2, 9000, 10)];
        Drivers.Publications.Apply(publications);
        Assert.NotEqual(0, Drivers.Publications.Synchronize(publications[..1]));
        Assert.Equal(0, Drivers.Publications.Synchronize(publications[..1]));
        Assert.NotEqual(0, Drivers.Publications.Synchronize([]));
        Assert.Equal(0, Drivers.Publications.Synchronize([]));
    }

    [Fact]
    public void Synchronize_OfChanged_ReplacesThem()
    {
        var publication = Sample(1, 8080);
        Drivers.Publications.Apply([publication]);
        var changed = publication with { TargetPort = 81, From = [IPNetwork.Parse("192.0.2.0/24")] };
        Assert.NotEqual(0, Drivers.Publications.Synchronize([changed]));
        Assert.Equal(0, Drivers.Publications.Synchronize([changed]));
    }

    [Fact]
    public void Remove_TakesOnlyThose_AndAbsenceIsSuccess()
    {
        PublicationPlan[] publications = [Sample(1, 8080), Sample(2, 9000, 10)];
        Drivers.Publications.Apply(publications);
        Drivers.Publications.Remove(publications[..1]);
        Drivers.Publications.Remove(publications[..1]);
        Assert.Equal(0, Drivers.Publications.Synchronize(publications[1..]));
    }

    [Fact]
    public void Remove_OfOneFamily_LeavesTheOther()
    {
        var v4 = Sample(1, 8080);
        var v6 = v4 with { Number = 2, HostAddress = IPAddress.IPv6Any, Target = IPAddress.Parse("fd77:1::2") };
        Drivers.Publications.Apply([v4, v6]);
        Drivers.Publications.Remove([v4]);
        Assert.Equal(0, Drivers.Publications.Synchronize([v6]));
    }

    [Fact]
    public void Publications_SurviveTheDaemon()
    {
        PublicationPlan[] publications = [Sample(1, 8080), Sample(2, 9000, 10), Sample(3, 7000, 1, IPNetwork.Parse("192.0.2.0/24"))];
        Drivers.Publications.Apply(publications);
        Host.Restart();
        Assert.Equal(0, Drivers.Publications.Synchronize(publications));
        Drivers.Publications.Remove(publications[1..]);
        Host.Restart();
        Assert.Equal(0, Drivers.Publications.Synchronize(publications[..1]));
    }

    [Fact]
    public void Port_FreedByOne_GoesToAnother()
    {
        var first = Sample(1, 8080);
        Drivers.Publications.Apply([first]);
        Drivers.Publications.Remove([first]);
        var second = Sample(2, 8080) with { TargetPort = 8081 };
        Drivers.Publications.Apply([second]);
        Assert.Equal(0, Drivers.Publications.Synchronize([second]));
    }

    private PublicationPlan Sample(uint number, ushort hostPort, int count = 1, params IPNetwork[] from) => PlanSamples.Publication(
        PlanSamples.Endpoint(PlanSamples.Network(1, Host.LinkName("n1")), 1, "/run/netns/none", 1), number, hostPort, count, [.. from]);
}
