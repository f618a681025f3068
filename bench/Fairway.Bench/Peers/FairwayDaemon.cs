using Fairway.Bench.Running;
using Fairway.Client;

namespace Fairway.Bench.Peers;

/// <summary>A daemon of Fairway in a namespace; disposing of it takes away everything it made.</summary>
internal sealed class FairwayDaemon : IDisposable
{
    private readonly string _command;
    private readonly Daemon _daemon;

    /// <summary>Starts it.</summary>
    /// <param name="tag">What it is named after.</param>
    /// <param name="space">Path of the namespace that is its host.</param>
    /// <param name="options">Further options.</param>
    public FairwayDaemon(string tag, string space, string options = "")
    {
        string files = Work.Directory(tag);
        Options = new FairwayClientOptions { SocketPath = $"{files}/fairway.sock" };
        _command = $"nsenter --net={space} {Tool.Published("fairwayd")} --instance cmp{tag} --socket {Options.SocketPath} --state {files}/state";
        _daemon = Daemon.Start("fairwayd", files, $"{_command} {options}");
        Client = new FairwayClient(Options);
    }

    public int Id => _daemon.Id;

    public FairwayClientOptions Options { get; }

    public FairwayClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        _daemon.Dispose();
        Shell.Run($"{_command} --uninstall", mayFail: true);
    }
}
