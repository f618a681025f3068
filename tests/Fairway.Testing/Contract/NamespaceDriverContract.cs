namespace Fairway.Testing.Contract;

public abstract class NamespaceDriverContract : DriverContract
{
    [Fact]
    public void Create_Twice_GivesTheSameNamespace()
    {
        var path = Drivers.Namespaces.Create(Host.NamespaceName("a"));
        var cookie = Drivers.Namespaces.Identify(path);
        Assert.Equal(path, Drivers.Namespaces.Create(Host.NamespaceName("a")));
        Assert.Equal(cookie, Drivers.Namespaces.Identify(path));
        Assert.True(cookie > 0);
    }

    [Fact]
    public void Create_OfTwoNames_GivesTwoNamespaces()
    {
        var one = Drivers.Namespaces.Create(Host.NamespaceName("a"));
        var other = Drivers.Namespaces.Create(Host.NamespaceName("b"));
        Assert.NotEqual(Drivers.Namespaces.Identify(one), Drivers.Namespaces.Identify(other));
    }

    [Fact]
    public void Create_AfterDelete_GivesAnotherNamespace()
    {
        var path = Drivers.Namespaces.Create(Host.NamespaceName("a"));
        var cookie = Drivers.Namespaces.Identify(path);
        Drivers.Namespaces.Delete(path);
        Assert.Null(Drivers.Namespaces.Identify(path));
        Assert.NotEqual(cookie, Drivers.Namespaces.Identify(Drivers.Namespaces.Create(Host.NamespaceName("a"))));
    }

    [Fact]
    public void Delete_OfAbsent_Succeeds()
    {
        var path = Drivers.Namespaces.Create(Host.NamespaceName("a"));
        Drivers.Namespaces.Delete(path);
        Drivers.Namespaces.Delete(path);
    }

    [Theory]
    [InlineData("/run/netns/fairway-there-is-no-such-namespace")]
    [InlineData("/proc/version")]
    [InlineData("/proc/2147483647/ns/net")]
    [InlineData("/")]
    public void Identify_OfAnythingElse_IsNull(string path) => Assert.Null(Drivers.Namespaces.Identify(path));

    [Fact]
    public void Namespace_SurvivesTheDaemon()
    {
        var path = Drivers.Namespaces.Create(Host.NamespaceName("a"));
        var cookie = Drivers.Namespaces.Identify(path);
        Host.Restart();
        Assert.Equal(cookie, Drivers.Namespaces.Identify(path));
    }
}
