using Fairway.Cli.Parsing;

namespace Fairway.Cli.Tests.Parsing;

public sealed class AccountFileTests
{
    [Theory]
    [InlineData("root", 0u)]
    [InlineData("nobody", 65534u)]
    [InlineData("107", 107u)]
    [InlineData("no-such-user", null)]
    [InlineData("-1", null)]
    [InlineData("", null)]
    public void Text_StandsForANumber(string text, uint? expected) => Assert.Equal(expected, AccountFile.Find(text, AccountFile.Users));

    [Fact]
    public void AbsentFile_KnowsNumbersOnly()
    {
        Assert.Null(AccountFile.Find("root", "/nowhere/passwd"));
        Assert.Equal(7u, AccountFile.Find("7", "/nowhere/passwd"));
    }

    [Fact]
    public void BrokenLines_AreNobody()
    {
        string file = Path.GetTempFileName();
        File.WriteAllLines(file, ["", "vm", "vm:x", "vm:x:many:", "libvirt:x:64055:64055::/:/bin/false"]);
        Assert.Null(AccountFile.Find("vm", file));
        Assert.Equal(64055u, AccountFile.Find("libvirt", file));
        File.Delete(file);
    }
}
