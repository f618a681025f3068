using Fairway.Engine.Planner;
using Fairway.Model.Names;

namespace Fairway.Engine.Tests.Planner;

public sealed class LinkNamesTests
{
    private static readonly Guid s_id = Guid.Parse("deadbeef-1234-4000-8000-000000000001");

    [Theory]
    [InlineData("web", "fw-web")]
    [InlineData("twelve-chars", "fw-twelve-chars")]
    [InlineData("thirteen-char", "fw-deadbeef")]
    [InlineData("cafebabe", "fw-deadbeef")] // it could be the id of another one
    [InlineData("CafeBabe", "fw-deadbeef")]
    [InlineData("cafebab", "fw-cafebab")]
    public void Network_OfTheDefaultInstance(string name, string expected) => Assert.Equal(expected, new LinkNames("fairway").Network(s_id, name));

    [Fact]
    public void Network_OfAnotherInstance_HasAnotherPrefix()
    {
        var names = new LinkNames("test");
        Assert.Matches("^f[0-9a-f]{3}-web$", names.Network(s_id, "web"));
        Assert.Matches("^f[0-9a-f]{3}-deadbeef$", names.Network(s_id, "eleven-char"));
        Assert.NotEqual(names.Network(s_id, "web"), new LinkNames("test2").Network(s_id, "web"));
        Assert.Equal(names.Network(s_id, "web"), new LinkNames("test").Network(s_id, "web"));
    }

    [Theory]
    [InlineData("fairway")]
    [InlineData("test")]
    public void Names_AreValidInterfaceNames(string instance)
    {
        Assert.Null(InterfaceName.Check(new LinkNames(instance).Network(s_id, new string('x', 63))));
        Assert.Null(InterfaceName.Check(LinkNames.Endpoint(s_id)));
        Assert.Equal("fwdeadbeef1234", LinkNames.Endpoint(s_id));
    }
}
