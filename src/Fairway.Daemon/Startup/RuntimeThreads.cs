using System.Net.Sockets;

namespace Fairway.Daemon.Startup;

/// <summary>
/// A new thread inherits the network namespace of the thread that starts it. The runtime starts the socket engine's thread at the first
/// asynchronous operation and the pool's at the first work item: both happen here, before any thread goes anywhere.
/// </summary>
internal static class RuntimeThreads
{
    public static async Task WarmAsync()
    {
        var address = new UnixDomainSocketEndPoint($"\0fairwayd-{Environment.ProcessId}-warm");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(address);
        listener.Listen();
        var accepted = listener.AcceptAsync();
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await Task.Run(() => client.Connect(address));
        (await accepted).Dispose();
    }
}
