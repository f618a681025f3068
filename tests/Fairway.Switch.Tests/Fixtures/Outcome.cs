using Fairway.Model.Flows;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Fixtures;

/// <summary>What the switch did with a frame.</summary>
internal sealed record Outcome(uint Action, Verdict Verdict, uint Detail, byte[] Sent, byte[] Frame)
{
    // linux/pkt_cls.h
    public const uint Shot = 2;
    public const uint Redirect = 7;
    public const uint Unspecified = uint.MaxValue;

    /// <summary>The frame as it left, with its checksums asserted.</summary>
    public Reading Reading => Reading.OfFrame(Frame);

    public DropReason Reason => Verdict == Verdict.Drop ? (DropReason)Detail : DropReason.None;

    public Outcome ReachesPort(TestEndpoint endpoint)
    {
        Is(Redirect, Verdict.Port, endpoint.Port);
        Reading reading = Reading;
        Assert.Equal(endpoint.Mac, reading.To);
        return this;
    }

    public Outcome ReachesHost(TestNetwork network)
    {
        Is(Redirect, Verdict.Host, network.Number);
        Assert.Equal(network.GatewayMac, Reading.To);
        return this;
    }

    public Outcome LeavesBy(TestUplink uplink)
    {
        Is(Redirect, Verdict.Uplink, (uint)uplink.Link);
        _ = Reading;
        return this;
    }

    /// <summary>To another host.</summary>
    public Outcome Travels(uint virtualSubnet)
    {
        Is(Redirect, Verdict.Tunnel, virtualSubnet);
        return this;
    }

    /// <summary>The switch itself answers.</summary>
    public Outcome IsAnswered()
    {
        Assert.True(Action == Redirect && Verdict == Verdict.Answer, $"expected an answer, got {this}");
        _ = Reading;
        return this;
    }

    /// <summary>Left to the host, untouched.</summary>
    public void Passes()
    {
        Is(Unspecified, Verdict.Pass, 0);
        Bytes.Equal(Sent, Frame);
    }

    public void IsDropped(DropReason reason) => Is(Shot, Verdict.Drop, (uint)reason);

    public override string ToString()
    {
        string action = Action switch { Shot => "shot", Redirect => "redirected", Unspecified => "left alone", _ => $"action {Action}" };
        string detail = Verdict == Verdict.Drop ? Reason.ToString() : Detail.ToString();
        return $"{action}, {Verdict} {detail}: {Convert.ToHexStringLower(Frame)}";
    }

    private void Is(uint action, Verdict verdict, uint detail)
    {
        if ((Action, Verdict, Detail) != (action, verdict, detail))
            Assert.Fail($"expected {verdict} {(verdict == Verdict.Drop ? ((DropReason)detail).ToString() : detail)}, got {this}");
    }
}
