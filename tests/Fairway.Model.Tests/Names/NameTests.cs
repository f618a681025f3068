using CsCheck;
using Fairway.Model.Names;

namespace Fairway.Model.Tests.Names;

public sealed class NameTests
{
    private const string ResourceRemedy = "use 1 to 63 of A-Z, a-z, 0-9, '_', '.' and '-', a letter or digit first";
    private const string InterfaceRemedy = "use 1 to 15 printable ASCII characters without '/', ':', '%' and spaces";

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("Web-1_a.b")]
    public void ResourceName_Right_HasNoMessage(string name) => Assert.Null(ResourceName.Check(name));

    [Theory]
    [InlineData(null, "the name is empty; ")]
    [InlineData("", "the name is empty; ")]
    [InlineData("../etc/passwd", "the name '../etc/passwd' contains '/'; ")]
    [InlineData("a b", "the name 'a b' contains a space; ")]
    [InlineData("a\nb", "the name 'a\\u000Ab' contains the control character U+000A; ")]
    [InlineData("wéb", "the name 'wéb' contains 'é'; ")]
    [InlineData("-a", "the name '-a' starts with '-'; ")]
    [InlineData(".", "the name '.' starts with '.'; ")]
    [InlineData("..", "the name '..' starts with '.'; ")]
    public void ResourceName_Wrong_SaysWhy(string? name, string expected) => Assert.Equal(expected + ResourceRemedy, ResourceName.Check(name));

    [Fact]
    public void ResourceName_LongerThan63_SaysHowLong()
    {
        Assert.Null(ResourceName.Check(new string('a', 63)));
        Assert.Equal($"the name 'aaaaaaaaaaaaaaaa...' has 300 characters; {ResourceRemedy}", ResourceName.Check(new string('a', 300)));
    }

    [Fact]
    public void ResourceName_Accepted_IsNeverAPath() => Gen.String[Gen.Char["ab0./\\-_~ \0"], 0, 6].Sample(name =>
    {
        if (ResourceName.Check(name) is null) Assert.Equal(Path.Combine("/run/netns", name), Path.GetFullPath(Path.Combine("/run/netns", name)));
    });

    [Theory]
    [InlineData("eth0")]
    [InlineData("a.b@c#d")]
    [InlineData("...")]
    [InlineData("123456789012345")]
    public void InterfaceName_Right_HasNoMessage(string name) => Assert.Null(InterfaceName.Check(name));

    [Theory]
    [InlineData(null, "the interface name is empty; " + InterfaceRemedy)]
    [InlineData("", "the interface name is empty; " + InterfaceRemedy)]
    [InlineData("1234567890123456", "the interface name '1234567890123456' has 16 characters; " + InterfaceRemedy)]
    [InlineData("a/b", "the interface name 'a/b' contains '/'; " + InterfaceRemedy)]
    [InlineData("eth0:1", "the interface name 'eth0:1' contains ':'; " + InterfaceRemedy)]
    [InlineData("eth%d", "the interface name 'eth%d' contains '%'; " + InterfaceRemedy)]
    [InlineData("eth 0", "the interface name 'eth 0' contains a space; " + InterfaceRemedy)]
    [InlineData("eth\t0", "the interface name 'eth\\u00090' contains the control character U+0009; " + InterfaceRemedy)]
    [InlineData("à", "the interface name 'à' contains 'à'; " + InterfaceRemedy)]
    [InlineData(".", "the interface name '.' is a directory; " + InterfaceRemedy)]
    [InlineData("..", "the interface name '..' is a directory; " + InterfaceRemedy)]
    [InlineData("lo", "the interface name 'lo' is the loopback interface's; use another one, for example eth0")]
    [InlineData("all", "the interface name 'all' is reserved by the kernel's settings; use another one, for example eth0")]
    [InlineData("default", "the interface name 'default' is reserved by the kernel's settings; use another one, for example eth0")]
    public void InterfaceName_Wrong_SaysWhy(string? name, string expected) => Assert.Equal(expected, InterfaceName.Check(name));
}
