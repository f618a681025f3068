using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>dockerd on a host, with an image that holds busybox alone.</summary>
internal sealed class DockerEngine : IDisposable
{
    public const string Image = "bench";
    private readonly Daemon _daemon;

    public DockerEngine(string tag, HostSpace space)
    {
        string files = Work.Directory(tag);
        Directory.CreateDirectory($"{files}/run");
        Socket = $"{files}/docker.sock";
        // Mounts of its own: /run/docker is the same for every dockerd of a machine, and what it mounts ends with it.
        _daemon = Daemon.Start("dockerd", files, $"nsenter --net={space.FilePath} unshare --mount --propagation private sh -c 'mkdir -p /run/docker; mount --bind {files}/run /run/docker; "
            + $"exec {Tool.Get("dockerd")} --data-root {files}/data --exec-root {files}/exec -H unix://{Socket} -p {files}/pid'");
        Api = new DockerApi(Socket);
        Api.Post($"/images/create?fromSrc=-&repo={Image}", new ByteArrayContent(BusyboxImage.Make($"{tag}/image")));
    }

    public DockerApi Api { get; }

    public string Socket { get; }

    /// <summary>dockerd and what it started.</summary>
    public IReadOnlyList<int> Processes => ProcessTimes.Family(_daemon.Id);

    public void Dispose()
    {
        // Ends the containers too.
        _daemon.Dispose();
        Api.Dispose();
    }
}
