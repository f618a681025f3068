using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;

namespace Fairway.Switch.Tests.Robustness;

public sealed class TruncationTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    [Fact]
    public void Frame_CutAtEveryLength_IsNeverTakenForWhole()
    {
        var traffic = new Traffic(Scene);
        Scene.Host.Run(() => CutAtEveryLength(traffic));
    }

    private void CutAtEveryLength(Traffic traffic)
    {
        foreach (Sample sample in traffic.Samples.Where(sample => sample.Name != "VLAN"))
        {
            for (int length = Sample.ShortestFrame(sample.Frame); length < sample.Frame.Length; length++)
            {
                Sample cut = sample with { Frame = sample.Frame[..length] };
                Outcome outcome = cut.Send(Scene);
                bool refused = sample.Hook == Hook.FromUplink ? outcome.Verdict == Verdict.Pass : outcome.Reason == DropReason.Malformed;
                Assert.True(refused, $"{cut.Name}, {length} of {sample.Frame.Length} bytes: {outcome}");
            }
        }
    }

    /// <summary>The lengths are made to fit what is left, so that what is missing is for the protocols to notice.</summary>
    [Fact]
    public void Packet_CutAtEveryLength_KeepsTheRules()
    {
        var traffic = new Traffic(Scene);
        Scene.Host.Run(() => CutAtEveryLengthAndRepair(traffic, new Rules(Scene)));
    }

    private void CutAtEveryLengthAndRepair(Traffic traffic, Rules rules)
    {
        foreach (Sample sample in traffic.Samples)
        {
            for (int length = Sample.ShortestFrame(sample.Frame); length < sample.Frame.Length; length++)
            {
                Sample cut = sample with { Frame = Mutation.Repair(sample.Frame[..length]) };
                Outcome outcome = cut.Send(Scene);
                try
                {
                    rules.Check(cut, outcome);
                }
                catch (Exception e)
                {
                    throw new InvalidOperationException($"{length} of {sample.Frame.Length} bytes of {cut}: {outcome}", e);
                }
            }
        }
    }
}
