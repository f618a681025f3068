namespace Fairway.OldKernel.Tests;

public sealed class OldKernelTests(Guest guest) : IClassFixture<Guest>
{
    [Fact]
    public void Guest_Boots_OnKernel61()
    {
        SkipWithoutKernel();
        Assert.True(guest.Results.ContainsKey("finished"), $"the guest did not finish; its console ends: {Tail(guest.Console)}");
        Assert.StartsWith("6.1.", guest.Results["kernel"], StringComparison.Ordinal);
    }

    [Fact]
    public void Guest_WithoutOurPrograms_PassesAPing()
    {
        SkipWithoutKernel();
        Assert.Equal("ok", guest.Results["ping plain"]);
    }

    [Fact]
    public void KernelModules_TheSwitchNeeds_Load()
    {
        SkipWithoutKernel();
        AssertAll("module ", atLeast: 1);
    }

    [Fact]
    public void EveryObject_Loads()
    {
        SkipWithoutKernel();
        AssertAll("load ", atLeast: Clone.SwitchObjects().Length);
    }

    [Fact]
    public void EveryProgram_Attaches()
    {
        SkipWithoutKernel();
        AssertAll("attach ", atLeast: Clone.SwitchObjects().Length);
    }

    [Fact]
    public void Ping_ThroughTheSwitch_IsAnswered_AndASpoofedOneIsNot()
    {
        SkipWithoutKernel();
        Assert.Equal("ok", guest.Results["ping switch"]);
        Assert.Equal("ok", guest.Results["spoof switch"]);
    }

    private void AssertAll(string prefix, int atLeast)
    {
        var checks = guest.Results.Where(result => result.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        Assert.True(checks.Count >= atLeast, $"{checks.Count} checks '{prefix}', expected at least {atLeast}; console: {Tail(guest.Console)}");
        var failed = checks.Where(result => result.Value != "ok").Select(result => $"{result.Key}: {result.Value}");
        Assert.True(!failed.Any(), string.Join('\n', failed));
    }

    private void SkipWithoutKernel() =>
        Assert.SkipUnless(guest.HasKernel, "this distribution's archive has no linux-image-cloud-amd64");

    private static string Tail(string text) => text.Length <= 2000 ? text : text[^2000..];
}
