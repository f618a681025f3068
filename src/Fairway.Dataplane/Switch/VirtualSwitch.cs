using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux;
using Fairway.Linux.Bpf;
using Fairway.Linux.Tc;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Switch;

/// <summary>
/// The loaded switch: programs, loaded anew by every daemon, and maps, which outlive it. What a filter needs to know is in its class
/// id, so that one program serves every port.
/// </summary>
internal sealed class VirtualSwitch : IDisposable
{
    private readonly Instance _instance;
    private readonly BpfProgram _fromEndpoint;
    private readonly BpfProgram _toEndpoints;
    private readonly BpfProgram _fromUplink;
    private readonly BpfProgram _fromTunnel;
    private readonly BpfProgram _toUplink;
    private readonly BpfProgram _toSidecar;
    private readonly Lock _configGate = new();

    private VirtualSwitch(Instance instance, PinDirectory pins, BpfObject loaded, FormerLayout? former, CgroupAttachments? attachments)
    {
        _instance = instance;
        Former = former;
        Maps = SwitchMaps.Of(loaded);
        Pins = KeptPins.Of(pins);
        _fromEndpoint = loaded.OpenProgram("from_endpoint");
        _toEndpoints = loaded.OpenProgram("to_endpoints");
        _fromUplink = loaded.OpenProgram("from_uplink");
        _fromTunnel = loaded.OpenProgram("from_tunnel");
        _toUplink = loaded.OpenProgram("to_uplink");
        _toSidecar = loaded.OpenProgram("to_sidecar");
        SidecarHooks = attachments?.HooksOfSidecars(loaded, pins, Pins);
    }

    /// <summary>What another layout's release left; its rows are copied, its filters still in place.</summary>
    public FormerLayout? Former { get; }

    public KeptPins Pins { get; }

    public SwitchMaps Maps { get; }

    /// <summary>What sidecars need at the sockets of all processes; null where programs are not attached to them.</summary>
    public SidecarHooks? SidecarHooks { get; }

    /// <summary>Loads the programs, opens or makes the maps, and sets the sweeper going. Nothing that forwards is touched.</summary>
    /// <exception cref="FairwayException">The object file is missing (NotFound), or the kernel refuses it (Unsupported).</exception>
    public static VirtualSwitch Load(DataplaneOptions options, Instance instance)
    {
        string path = SwitchObjectFile.Find(options.ObjectFile);
        CgroupAttachments? attachments = options.ServeHostProcesses ? CgroupAttachments.Find(options.Report) : null;
        var pins = new PinDirectory(options.BpfFileSystem, instance);
        try
        {
            pins.Create();
            using BpfObject file = BpfObject.Open(path, pins.Maps);
            foreach (BpfObjectProgram program in file.Programs)
                program.AutoLoad = program.Type == BpfProgramType.Classifier || attachments is not null;
            file.Load();
            FormerLayout? former = FormerLayout.Find(pins);
            former?.Copy();
            former?.TakeAttachments();
            StartSweeper(file);
            attachments?.Attach(file, pins);
            return new VirtualSwitch(instance, pins, file, former, attachments);
        }
        catch (LinuxException e)
        {
            throw Explain(e, path, pins);
        }
    }

    /// <summary>Says what the switch needs to know of the host. Epoch and watchers of an earlier daemon are dealt with.</summary>
    public void Configure(ulong hostCookie, DataplaneOptions options) => ChangeConfig((ref ConfigRow row) =>
    {
        row.HostCookie = hostCookie;
        row.NatFirst = options.TranslationPorts.First;
        row.NatLast = options.TranslationPorts.Last;
        row.FlowQuota = options.FlowQuota;
        row.HalfOpenQuota = options.HalfOpenQuota;
        row.Watchers = 0;
        row.Epoch++;
    });

    /// <summary>Has every flow looked at again. Call it after the new rules stand.</summary>
    public void BeginEpoch() => ChangeConfig((ref ConfigRow row) => row.Epoch++);

    /// <summary>Counts those who read the switch's events.</summary>
    /// <param name="difference">1 or -1.</param>
    public void ChangeWatchers(int difference) => ChangeConfig((ref ConfigRow row) => row.Watchers = (uint)Math.Max(0, row.Watchers + difference));

    public ConfigRow Config => Maps.Config.Find(0) ?? default;

    /// <summary>The filter of an endpoint's or a resolver's host-side link.</summary>
    public BpfFilterSpec EndpointFilter(int link, uint port) => Filter(link, TrafficDirection.Ingress, _fromEndpoint, port);

    /// <summary>The filter of a network's host vNIC.</summary>
    public BpfFilterSpec NetworkFilter(int link, uint network) => Filter(link, TrafficDirection.Egress, _toEndpoints, network);

    /// <summary>The filter of a VXLAN device.</summary>
    public BpfFilterSpec TunnelFilter(int link, ushort port) => Filter(link, TrafficDirection.Ingress, _fromTunnel, port);

    /// <summary>The filter of a device that is not ours.</summary>
    public BpfFilterSpec UplinkFilter(int link, bool hasMac)
        => Filter(link, TrafficDirection.Ingress, _fromUplink, hasMac ? SwitchLimits.UplinkEthernet : SwitchLimits.UplinkRaw);

    /// <summary>The filter of a device whose segments have endpoints, for what it receives.</summary>
    public BpfFilterSpec SharedUplinkFilter(int link) => Filter(link, TrafficDirection.Ingress, _fromUplink, SwitchLimits.UplinkShared);

    /// <summary>And for what leaves by it.</summary>
    public BpfFilterSpec EgressFilter(int link) => Filter(link, TrafficDirection.Egress, _toUplink, SwitchLimits.UplinkShared);

    /// <summary>The filter of an endpoint's interface, inside, whose callers a sidecar gets.</summary>
    public BpfFilterSpec SidecarFilter(int insideLink, uint port) => Filter(insideLink, TrafficDirection.Ingress, _toSidecar, port);

    /// <summary>Whether a listed filter is the given one, with the program of this daemon.</summary>
    public static bool IsInPlace(TcFilter listed, BpfFilterSpec wanted)
        => listed.Kind == "bpf"
            && listed.Preference == wanted.Preference
            && listed.Handle == wanted.Handle
            && listed.ClassId == wanted.ClassId
            && listed.ProgramId == wanted.Program!.Id;

    public void Dispose()
    {
        _fromEndpoint.Dispose();
        _toEndpoints.Dispose();
        _fromUplink.Dispose();
        _fromTunnel.Dispose();
        _toUplink.Dispose();
        _toSidecar.Dispose();
        SidecarHooks?.Dispose();
        Maps.Dispose();
        Pins.Dispose();
    }

    private delegate void ConfigChange(ref ConfigRow row);

    private void ChangeConfig(ConfigChange change)
    {
        lock (_configGate)
        {
            ConfigRow row = Config;
            change(ref row);
            Maps.Config.Set(0, row);
        }
    }

    private BpfFilterSpec Filter(int link, TrafficDirection direction, BpfProgram program, uint classId) => new()
    {
        LinkIndex = link,
        Direction = direction,
        Preference = Instance.FilterPreference,
        Handle = _instance.FilterHandle,
        Program = program,
        ClassId = classId,
        Name = $"{_instance.Name}:{program.Name}",
    };

    /// <summary>Expired flows go by a timer of the switch itself. It takes one run to arm it; the packet is never looked at.</summary>
    private static void StartSweeper(BpfObject file)
    {
        using BpfProgram starter = file.OpenProgram("start_sweeper");
        int result = (int)starter.Run(new BpfTestRun { Packet = new byte[64] }).ReturnValue;
        if (result != 0)
            throw new LinuxException(Errno.EINVAL, "start timer of bpf program", starter.Name, $"it answered {result}");
    }

    private static FairwayException Explain(LinuxException e, string path, PinDirectory pins) => e.Errno switch
    {
        Errno.EPERM => new FairwayException(ErrorKind.Unsupported, "the switch",
            $"load the switch from '{path}': not permitted; run as root with CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON ({e.Message})", inner: e),
        Errno.ELIBACC => new FairwayException(ErrorKind.Unsupported, "the switch",
            $"load the switch from '{path}': libbpf is not installed; install libbpf1 ({e.Message})", inner: e),
        Errno.EINVAL when e.Message.Contains(pins.Maps, StringComparison.Ordinal) => new FairwayException(ErrorKind.Conflict, "the switch",
            $"load the switch from '{path}': maps of another layout are pinned at '{pins.Maps}'; uninstall the instance first ({e.Message})", inner: e),
        _ => new FairwayException(ErrorKind.Unsupported, "the switch",
            $"load the switch from '{path}': the kernel refuses it; Linux 5.15 or newer with BTF is needed ({e.Message})", inner: e),
    };
}
