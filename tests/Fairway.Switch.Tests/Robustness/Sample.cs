using Fairway.Switch.Tests.Fixtures;

namespace Fairway.Switch.Tests.Robustness;

/// <summary>A frame somebody sends.</summary>
/// <param name="Sender">The endpoint, for <see cref="Hook.FromEndpoint"/>.</param>
internal sealed record Sample(string Name, Hook Hook, TestEndpoint? Sender, byte[] Frame)
{
    /// <summary>The kernel makes no packet for a test that is shorter than its network header.</summary>
    public bool CanBeMade => Frame.Length >= ShortestFrame(Frame);

    public Outcome Send(Scene scene) => Hook switch
    {
        Hook.FromEndpoint => scene.Send(Sender!, Frame),
        Hook.FromUplink => scene.Receive(TestUplink.Lan, Frame),
        _ => scene.SendFromHost(TestNetwork.Web, Frame),
    };

    /// <summary>Of the kind of a frame.</summary>
    public static int ShortestFrame(byte[] frame) => Wire.Frame.HeaderLength + (frame[12] << 8 | frame[13]) switch
    {
        Wire.Frame.Ip4 => 20,
        Wire.Frame.Ip6 => 40,
        _ => 1,
    };

    public override string ToString() => $"{Name}: {Hook} {Sender?.Port} {Convert.ToHexStringLower(Frame)}";
}
