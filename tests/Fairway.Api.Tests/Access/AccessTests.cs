using System.Diagnostics;
using System.Text.Json;
using Fairway.Api.Access;
using Fairway.Api.Tests.Fixtures;

namespace Fairway.Api.Tests.Access;

/// <summary>Real peers of other users: the socket's mode would keep them out already, so these tests open it to everyone.</summary>
public sealed class AccessTests
{
    private const uint Nobody = 65534;
    private const uint ApiGroup = 54321;

    [Fact]
    public async Task Root_IsLetIn()
    {
        await using var server = await StartAsync();

        Assert.Equal("Healthy", Status(await CurlAsync(server, uid: 0, gid: 0)));
    }

    [Fact]
    public async Task Stranger_IsRefused_WithASentence()
    {
        await using var server = await StartAsync();

        var answer = JsonDocument.Parse(await CurlAsync(server, Nobody, Nobody)).RootElement;

        Assert.False(answer.GetProperty("Success").GetBoolean());
        Assert.Matches($"^user {Nobody}, process [0-9]+ is neither root nor a member of group 'testers'; add the user to it", answer.GetProperty("Error").GetString());
        Assert.Equal(0x80070005, answer.GetProperty("ErrorCode").GetUInt32());
    }

    [Fact]
    public async Task Stranger_IsRefused_WhateverIsAsked()
    {
        await using var server = await StartAsync();

        await CurlAsync(server, Nobody, Nobody, null, "-d", """{"Name":"web"}""", "http://fairway/v1/networks");

        Assert.Empty(server.Host.Networks);
    }

    [Theory]
    [InlineData(ApiGroup, new uint[0])]
    [InlineData(Nobody, new uint[] { 1000, ApiGroup })]
    public async Task Member_IsLetIn_ByFirstAndFurtherGroups(uint gid, uint[] further)
    {
        await using var server = await StartAsync();

        Assert.Equal("Healthy", Status(await CurlAsync(server, Nobody, gid, further)));
    }

    [Fact]
    public void Refusal_WithoutAGroup_SaysHowToMakeIt()
    {
        var access = new PeerAccess("fairway", null);

        Assert.False(access.Allows(new Peer(1, Nobody, [0])));
        Assert.Contains("groupadd --system fairway", access.Refusal(new Peer(1, Nobody, [])), StringComparison.Ordinal);
    }

    private static async Task<ServerFixture> StartAsync()
    {
        var server = new ServerFixture { Access = new PeerAccess("testers", ApiGroup) };
        await server.InitializeAsync();
        File.SetUnixFileMode(Path.GetDirectoryName(server.SocketPath)!, (UnixFileMode)0b111_001_001);
        File.SetUnixFileMode(server.SocketPath, (UnixFileMode)0b110_110_110);
        return server;
    }

    private static async Task<string> CurlAsync(ServerFixture server, uint uid, uint gid, uint[]? groups = null, params string[] arguments)
    {
        var start = new ProcessStartInfo("setpriv") { RedirectStandardOutput = true };
        string[] drop = [$"--reuid={uid}", $"--regid={gid}", groups is null or [] ? "--clear-groups" : $"--groups={string.Join(',', groups)}"];
        foreach (var argument in (string[])[.. drop, "curl", "-sS", "--max-time", "20", "--unix-socket", server.SocketPath, .. Request(arguments)]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    private static string[] Request(string[] arguments) => arguments is [] ? ["http://fairway/v1/health"] : arguments;

    private static string? Status(string answer) => JsonDocument.Parse(answer).RootElement.GetProperty("Status").GetString();
}
