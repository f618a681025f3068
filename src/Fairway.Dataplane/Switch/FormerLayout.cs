using Fairway.Linux.Bpf;

namespace Fairway.Dataplane.Switch;

/// <summary>
/// What a release with another layout of the maps left, forwarding still. Everything in its maps goes into the new ones before a single
/// filter is exchanged, live connections included; what begins between the first copy and the last filter is copied afterwards.
/// </summary>
internal sealed class FormerLayout
{
    private readonly string _former;
    private readonly PinDirectory _pins;

    private FormerLayout(string former, PinDirectory pins)
    {
        _former = former;
        _pins = pins;
    }

    /// <summary>The newest of those that are there besides this one, or null.</summary>
    public static FormerLayout? Find(PinDirectory pins)
    {
        if (!Directory.Exists(pins.Root))
            return null;
        string? newest = Directory.EnumerateDirectories(pins.Root, "v*")
            .Where(directory => directory != pins.Maps && int.TryParse(Path.GetFileName(directory).AsSpan(1), out _))
            .MaxBy(directory => int.Parse(Path.GetFileName(directory).AsSpan(1)));
        return newest is null ? null : new FormerLayout(newest, pins);
    }

    /// <summary>Copies what is not copied yet.</summary>
    /// <returns>Rows written.</returns>
    public int Copy() => MapCopy.Run(_former, _pins.Maps);

    /// <summary>Has the attachments to cgroups go on under this layout's directory: their programs are exchanged in place.</summary>
    public void TakeAttachments()
    {
        string attachments = Path.Combine(_former, Path.GetFileName(_pins.Attachments));
        if (!Directory.Exists(attachments))
            return;
        foreach (string pin in Directory.EnumerateFiles(attachments))
        {
            string taken = Path.Combine(_pins.Attachments, Path.GetFileName(pin));
            if (!File.Exists(taken))
            {
                using BpfLink link = BpfLink.OpenPinned(pin);
                link.Pin(taken);
            }
            BpfFileSystem.Unpin(pin);
        }
    }

    /// <summary>Nothing looks into its maps any more.</summary>
    public void Delete() => Directory.Delete(_former, recursive: true);
}
