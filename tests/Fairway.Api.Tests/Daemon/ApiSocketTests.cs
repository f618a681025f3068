using System.Net.Sockets;
using Fairway.Daemon.Listening;
using Fairway.Model.Errors;

namespace Fairway.Api.Tests.Daemon;

public sealed class ApiSocketTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fairway-socket-").FullName;

    private string SocketPath => Path.Combine(_directory, "run", "fairway.sock");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Socket_IsForOwnerAndGroup_InADirectoryMadeForIt()
    {
        using var socket = ApiSocket.Listen(SocketPath, group: 54321);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(SocketPath));
        Assert.Equal("54321", Stat("%g", SocketPath));
    }

    [Fact]
    public void Socket_OfADeadDaemon_IsReplaced()
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
            dead.Bind(new UnixDomainSocketEndPoint(SocketPath));
            // As kill -9 leaves it: the name stays.
            File.Move(SocketPath, SocketPath + ".kept");
        }
        File.Move(SocketPath + ".kept", SocketPath);

        using var socket = ApiSocket.Listen(SocketPath, null);
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(SocketPath));
    }

    [Fact]
    public void Socket_OfALiveDaemon_IsRefused_NamingIt()
    {
        using var live = ApiSocket.Listen(SocketPath, null);

        var refused = Assert.Throws<FairwayException>(() => ApiSocket.Listen(SocketPath, null));

        Assert.Equal(ErrorKind.Conflict, refused.Kind);
        Assert.Equal($"listen on '{SocketPath}': process {Environment.ProcessId} listens there; stop it, or choose another path with --socket", refused.Message);
        Assert.True(File.Exists(SocketPath));
    }

    [Fact]
    public void FileInThePlace_IsLeftAlone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        File.WriteAllText(SocketPath, "precious");

        Assert.Equal(ErrorKind.Conflict, Assert.Throws<FairwayException>(() => ApiSocket.Listen(SocketPath, null)).Kind);
        Assert.Equal("precious", File.ReadAllText(SocketPath));
    }

    [Fact]
    public void LinkInThePlace_IsNotFollowed()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        File.CreateSymbolicLink(SocketPath, Path.Combine(_directory, "elsewhere"));

        Assert.Equal(ErrorKind.Conflict, Assert.Throws<FairwayException>(() => ApiSocket.Listen(SocketPath, null)).Kind);
    }

    [Fact]
    public void DirectoryThatCannotBeMade_IsOneSentence()
    {
        File.WriteAllText(Path.Combine(_directory, "run"), "a file");

        Assert.StartsWith($"listen on '{SocketPath}': ", Assert.Throws<FairwayException>(() => ApiSocket.Listen(SocketPath, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_LongerThanTheKernelAllows_IsRefused()
    {
        var path = Path.Combine(_directory, new string('x', 100));

        Assert.Equal($"listen on '{path}': the path is longer than 107 bytes; choose a shorter one with --socket",
            Assert.Throws<FairwayException>(() => ApiSocket.Listen(path, null)).Message);
    }

    [Theory]
    [InlineData("root:x:0:\nfairway:x:997:alice,bob\n", 997u)]
    [InlineData("fairways:x:1:\n", null)]
    [InlineData("fairway:x:none:\n", null)]
    [InlineData("", null)]
    public void Group_IsFoundByItsWholeName(string file, uint? expected)
    {
        var path = Path.Combine(_directory, "group");
        File.WriteAllText(path, file);

        Assert.Equal(expected, GroupFile.Find("fairway", path));
        Assert.Null(GroupFile.Find("fairway", path + ".none"));
    }

    private static string Stat(string format, string path)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("stat", ["-c", format, path]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
