using Fairway.Linux.Bpf;

namespace Fairway.Dataplane.Switch;

/// <summary>
/// Everything that is pinned, held open as well: a pin somebody deletes is made again for the same object, so that the flows in the maps and the attachments to
/// cgroups do not end with this daemon.
/// </summary>
internal sealed class KeptPins : IDisposable
{
    private readonly PinDirectory _pins;
    private readonly Dictionary<string, BpfMap> _maps;
    private readonly Dictionary<string, BpfLink> _attachments;
    private readonly Lock _gate = new();

    private KeptPins(PinDirectory pins)
    {
        _pins = pins;
        _maps = Directory.EnumerateFiles(pins.Maps).ToDictionary(path => path, BpfMap.OpenPinned);
        _attachments = Directory.EnumerateFiles(pins.Attachments).ToDictionary(path => path, BpfLink.OpenPinned);
    }

    /// <summary>Whether all of them are there: some twenty looks at names in memory.</summary>
    public bool AreInPlace
    {
        get
        {
            lock (_gate)
                return _maps.Keys.All(File.Exists) && _attachments.Keys.All(File.Exists);
        }
    }

    /// <summary>Holds what is pinned now.</summary>
    public static KeptPins Of(PinDirectory pins) => new(pins);

    /// <summary>Holds an attachment that was pinned since.</summary>
    public void Keep(string path)
    {
        lock (_gate)
        {
            if (_attachments.Remove(path, out BpfLink? before))
                before.Dispose();
            _attachments[path] = BpfLink.OpenPinned(path);
        }
    }

    /// <summary>Lets go of an attachment, pin included: it ends.</summary>
    public void End(string path)
    {
        lock (_gate)
        {
            if (_attachments.Remove(path, out BpfLink? link))
                link.Dispose();
            BpfFileSystem.Unpin(path);
        }
    }

    /// <summary>Makes those again that are gone, the file system included, and returns how many there were.</summary>
    public int Restore()
    {
        if (AreInPlace)
            return 0;
        lock (_gate)
            return RestoreAll();
    }

    private int RestoreAll()
    {
        _pins.Create();
        int restored = 0;
        foreach ((string path, BpfMap map) in _maps.Where(entry => !File.Exists(entry.Key)))
        {
            map.Pin(path);
            restored++;
        }
        foreach ((string path, BpfLink link) in _attachments.Where(entry => !File.Exists(entry.Key)))
        {
            link.Pin(path);
            restored++;
        }
        return restored;
    }

    public void Dispose()
    {
        foreach (BpfMap map in _maps.Values)
            map.Dispose();
        foreach (BpfLink link in _attachments.Values)
            link.Dispose();
    }
}
