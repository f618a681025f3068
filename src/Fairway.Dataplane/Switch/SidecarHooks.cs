using Fairway.Linux;
using Fairway.Linux.Bpf;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Switch;

/// <summary>
/// The programs at the root of the cgroup hierarchy that tell a sidecar where a connection was to go. They meet every connection and every question
/// about a socket on the machine, and so are attached while there is a sidecar, and not longer.
/// </summary>
internal sealed class SidecarHooks : IDisposable
{
    // Leads processes' calls to the sidecar; attached whenever the host's own processes are served.
    private static readonly string[] s_callers = ["connect4", "connect6"];

    private readonly PinDirectory _pins;
    private readonly KeptPins _kept;
    private readonly Action<BpfProgram, BpfAttachType, string> _attach;
    private readonly List<(BpfProgram Program, BpfAttachType Type)> _programs;
    private bool _attached;

    public SidecarHooks(BpfObject loaded, PinDirectory pins, KeptPins kept, Action<BpfProgram, BpfAttachType, string> attach)
    {
        _pins = pins;
        _kept = kept;
        _attach = attach;
        _programs = [.. loaded.Programs
            .Where(program => program.Type is BpfProgramType.SocketOperations or BpfProgramType.CgroupSocketOption)
            .Select(program => (program.Open(), AttachTypeOf(program.Type)))];
    }

    /// <summary>Attaches them, in place of those of an earlier daemon.</summary>
    /// <exception cref="FairwayException">Another program holds the root of the hierarchy for itself.</exception>
    public void Attach()
    {
        if (_attached)
            return;
        if (!s_callers.All(name => File.Exists(Path.Combine(_pins.Attachments, name))))
            throw Refused("another program holds the root of the cgroup hierarchy; detach it and restart the daemon", null);
        try
        {
            foreach (var (program, type) in _programs)
            {
                _attach(program, type, PinOf(program));
                _kept.Keep(PinOf(program));
            }
            _attached = true;
        }
        catch (LinuxException e)
        {
            Detach();
            throw Refused(e.Message, e);
        }
    }

    /// <summary>Detaches them, those of an earlier daemon included.</summary>
    public void Detach()
    {
        foreach (var (program, _) in _programs)
            _kept.End(PinOf(program));
        _attached = false;
    }

    public void Dispose()
    {
        foreach (var (program, _) in _programs)
            program.Dispose();
    }

    // Of programs for TCP events it is no part of the program.
    private static BpfAttachType AttachTypeOf(BpfProgramType type)
        => type == BpfProgramType.SocketOperations ? BpfAttachType.CgroupSocketOperations : BpfAttachType.GetSocketOption;

    private static FairwayException Refused(string why, LinuxException? e)
        => new(ErrorKind.Unsupported, "the host", $"lead connections to a sidecar: {why}", inner: e);

    private string PinOf(BpfProgram program) => Path.Combine(_pins.Attachments, program.Name);
}
