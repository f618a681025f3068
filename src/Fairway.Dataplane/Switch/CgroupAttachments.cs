using Fairway.Engine.Diagnostics;
using Fairway.Linux;
using Fairway.Linux.Bpf;

namespace Fairway.Dataplane.Switch;

/// <summary>
/// The programs that let the host's own processes reach publications: at the root of the cgroup hierarchy, by pinned links, so that they
/// stay while no daemon runs. A new daemon exchanges the programs inside the links; there is no moment without.
/// </summary>
internal sealed class CgroupAttachments
{
    private const string MountTable = "/proc/self/mounts";

    private readonly string _root;
    private readonly Action<EngineMessage> _report;

    private CgroupAttachments(string root, Action<EngineMessage> report)
    {
        _root = root;
        _report = report;
    }

    /// <summary>Finds the root of the cgroup hierarchy (version 2). Null on hosts that have none mounted, which is reported.</summary>
    public static CgroupAttachments? Find(Action<EngineMessage> report)
    {
        foreach (string line in File.ReadLines(MountTable))
        {
            // device, mount point, type, ...
            string[] fields = line.Split(' ');
            if (fields is [_, var point, "cgroup2", ..])
                return new CgroupAttachments(point.Replace("\\040", " ", StringComparison.Ordinal), report);
        }
        report(new EngineMessage(Severity.Warning,
            "serve host processes: no cgroup2 file system is mounted, so processes of the host do not reach published ports by the host's own addresses; mount one (mount -t cgroup2 none /sys/fs/cgroup/unified) and restart"));
        return null;
    }

    /// <summary>Attaches every program of the kind. A host that refuses them is served but for its own processes.</summary>
    public void Attach(BpfObject loaded, PinDirectory pins)
    {
        try
        {
            AttachAll(loaded, pins);
        }
        catch (LinuxException e)
        {
            _report(new EngineMessage(Severity.Warning,
                $"serve host processes: {e.Message}; processes of the host do not reach published ports by the host's own addresses until another program lets go of '{_root}'", e));
        }
    }

    /// <summary>The programs that are attached while there is a sidecar: every connection and every question about a socket on the machine meets them.</summary>
    public SidecarHooks HooksOfSidecars(BpfObject loaded, PinDirectory pins, KeptPins kept) => new(loaded, pins, kept, Attach);

    private void AttachAll(BpfObject loaded, PinDirectory pins)
    {
        foreach (BpfObjectProgram program in loaded.Programs.Where(program => program.Type == BpfProgramType.CgroupSocketAddress))
        {
            using BpfProgram opened = program.Open();
            Attach(opened, program.ExpectedAttachType, Path.Combine(pins.Attachments, program.Name));
        }
        // What an earlier version attached and this one does not know.
        foreach (string pin in Directory.EnumerateFiles(pins.Attachments))
        {
            if (!loaded.Programs.Any(program => program.Type != BpfProgramType.Classifier && program.Name == Path.GetFileName(pin)))
                BpfFileSystem.Unpin(pin);
        }
    }

    private void Attach(BpfProgram program, BpfAttachType type, string pin)
    {
        if (TryUpdate(program, pin))
            return;
        BpfFileSystem.Unpin(pin);
        using BpfLink link = BpfLink.AttachCgroup(program, _root, type);
        link.Pin(pin);
    }

    /// <summary>False when nothing is pinned, or what is pinned hangs on a hierarchy that has gone (ENOLINK).</summary>
    private static bool TryUpdate(BpfProgram program, string pin)
    {
        if (!File.Exists(pin))
            return false;
        try
        {
            using BpfLink link = BpfLink.OpenPinned(pin);
            link.Update(program);
            return true;
        }
        catch (LinuxException e) when (e.Errno is Errno.ENOLINK or Errno.ENOENT or Errno.EINVAL)
        {
            return false;
        }
    }
}
