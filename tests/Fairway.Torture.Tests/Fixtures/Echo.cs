using System.Net.Sockets;

namespace Fairway.Torture.Tests.Fixtures;

/// <summary>Connections to echo servers that must go on whatever happens.</summary>
internal static class Echo
{
    public static async Task CheckAsync(params Socket[] sockets)
    {
        foreach (Socket socket in sockets)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await socket.SendAsync("ping"u8.ToArray(), patience.Token);
            Assert.True(await socket.ReceiveAsync(new byte[4], patience.Token) > 0, "a connection ended");
        }
    }
}
