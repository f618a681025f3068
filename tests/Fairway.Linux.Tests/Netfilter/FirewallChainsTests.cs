using Fairway.Linux.Netfilter;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Netfilter;

public sealed class FirewallChainsTests
{
    [Fact]
    public void List_InANewNamespace_IsEmpty()
    {
        using var test = new TestNamespace();
        Assert.Empty(FirewallChains.List(test.Namespace));
    }

    [Fact]
    public void List_ShowsWhatNftMade()
    {
        using var test = new TestNamespace();
        test.Exec("nft", """
            table inet guard {
              chain plain { }
              chain incoming { type filter hook input priority -10; policy drop; }
            }
            table ip nat { chain post { type nat hook postrouting priority 100; policy accept; }; }
            table ip6 own { chain through { type filter hook forward priority 0; policy drop; }; }
            """);
        Assert.Equal(
            ["inet guard incoming Input -10 True", "ip nat post PostRouting 100 False", "ip6 own through Forward 0 True"],
            FirewallChains.List(test.Namespace).Select(Line).Order());
    }

    private static string Line(BaseChain chain) =>
        $"{chain.Family switch { ChainFamily.IPv4 => "ip", ChainFamily.IPv6 => "ip6", _ => "inet" }} {chain.Table} {chain.Name} {chain.Hook} {chain.Priority} {chain.DropsByDefault}";
}
