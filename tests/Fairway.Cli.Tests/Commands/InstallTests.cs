using Fairway.Cli.Tests.Fixtures;

namespace Fairway.Cli.Tests.Commands;

public sealed class InstallTests
{
    /// <summary>It would take away the service, which whoever names another instance does not mean.</summary>
    [Theory]
    [InlineData("install", "fairwayd --instance lab")]
    [InlineData("uninstall", "fairwayd --uninstall --instance lab")]
    public async Task Service_OfAnotherInstance_IsRefused_WithWhatToDoInstead(string verb, string remedy)
    {
        string root = Directory.CreateTempSubdirectory("fairway-install-").FullName;
        try
        {
            string said = (await CommandRun.WithoutDaemonAsync(verb, "--root", root, "--instance", "lab")).Failed(2);
            Assert.Contains("not 'lab'", said, StringComparison.Ordinal);
            Assert.EndsWith(remedy, said, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(root));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
