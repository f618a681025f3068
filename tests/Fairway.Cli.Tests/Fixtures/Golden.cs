namespace Fairway.Cli.Tests.Fixtures;

/// <summary>
/// Expected output, checked in below <c>Golden/</c>. With FAIRWAY_UPDATE_GOLDEN=1 in the environment the files are written
/// instead of compared: read the difference before committing it.
/// </summary>
internal static class Golden
{
    public static void Matches(string file, string actual)
    {
        var path = Repository.PathOf($"tests/Fairway.Cli.Tests/Golden/{file}");
        if (Environment.GetEnvironmentVariable("FAIRWAY_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, actual);
        Assert.True(File.Exists(path), $"there is no Golden/{file}; run with FAIRWAY_UPDATE_GOLDEN=1 and read what it holds");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
