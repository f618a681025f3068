using Fairway.Switch.Tests.Fixtures;

namespace Fairway.Switch.Tests.Robustness;

/// <summary>Frames that once broke the rules.</summary>
public sealed class CorpusTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    [Theory]
    [InlineData("an error told to a group's MAC", nameof(Hook.FromUplink), 0, "02005e1000018f005e00000108004500002c424240000106636e09090909c000020a01bb8bc010012002300340046012faf09b830000020405b4")]
    [InlineData("an error that passes by, addressed to another host", nameof(Hook.FromUplink), 0, "02005e10000102005e0000010800450000584242400040012c4f05050505c00005610300cc4a000005004500003c424240004006245ec000020a090909098bc001bb1001200200000000a002faf0bb730000020405b40402080a000000010000000001030307")]
    [InlineData("an error from outside in the gateway's name", nameof(Hook.FromUplink), 0, "02005e10000102005e0000010800450000584242400040012b080a500101c000020a0300cc4a000005004500003c424240004006245ec000020a090909098bc001bb1001200200000000a002faf0bb730000020405b40402080a000000010000000001030307")]
    [InlineData("an error beside an echo whose identifier is 0", nameof(Hook.FromEndpoint), 1, "22fa0000000102000a500001080045000048424240004001db060a50010b0909090903031a88000000004500002c424240004006db1d090909090a50010b01bb0fa010012002300340046012faf0ce530000020405b4")]
    [InlineData("an error from a router's link-local address", nameof(Hook.FromUplink), 0, "02005e10000102005e00000186dd60000000003f3a40fe80000000000000000000000000000120010db800020000000000000000001003002a5b0000050060000000000f114020010db800020000000000000000001020010db8009900000000000000000001853c0035000f61117061796c6f6164")]
    public void Frame_ThatOnceBrokeTheRules_KeepsThem(string name, string hook, int port, string frame)
    {
        var traffic = new Traffic(Scene);
        var sample = new Sample(name, Enum.Parse<Hook>(hook), Scene.Endpoints.SingleOrDefault(endpoint => endpoint.Port == port), Convert.FromHexString(frame));
        new Rules(traffic.Scene).Check(sample, sample.Send(traffic.Scene));
    }
}
