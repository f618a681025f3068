using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Bpf;

namespace Fairway.Dataplane.Switch;

/// <summary>Where an instance pins what must outlive its daemon: <c>/sys/fs/bpf/INSTANCE/v1</c>.</summary>
internal sealed class PinDirectory
{
    public PinDirectory(string fileSystem, Instance instance)
    {
        FileSystem = fileSystem;
        Root = Path.Combine(fileSystem, instance.Name);
        Maps = Path.Combine(Root, $"v{SwitchLimits.Layout}");
        Attachments = Path.Combine(Maps, "attachments");
    }

    public string FileSystem { get; }

    /// <summary>Everything of the instance, older layouts included.</summary>
    public string Root { get; }

    /// <summary>The maps of this layout.</summary>
    public string Maps { get; }

    /// <summary>Attachments to cgroups.</summary>
    public string Attachments { get; }

    /// <summary>Mounts the file system where it is not, and makes the directories.</summary>
    public void Create()
    {
        BpfFileSystem.Mount(FileSystem);
        Directory.CreateDirectory(Attachments);
    }

    /// <summary>The ports for translation the pinned switch was told, or null when nothing is pinned.</summary>
    public PortRange? ConfiguredPorts()
    {
        string path = Path.Combine(Maps, "config");
        if (!File.Exists(path))
            return null;
        using var config = new BpfMap<uint, ConfigRow>(BpfMap.OpenPinned(path));
        return config.Find(0) is { NatFirst: > 0 } row ? new PortRange(row.NatFirst, row.NatLast) : null;
    }

    /// <summary>Takes all pins away; absence is success.</summary>
    public void Delete()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }
}
