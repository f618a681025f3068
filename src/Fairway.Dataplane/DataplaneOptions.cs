using Fairway.Engine.Diagnostics;

namespace Fairway.Dataplane;

/// <summary>How the data plane is set up.</summary>
public sealed record DataplaneOptions
{
    /// <summary>The instance everything is named after: 1 to 32 lower-case letters and digits.</summary>
    public string Instance { get; init; } = "fairway";

    /// <summary>
    /// The compiled switch (<c>switch.bpf.o</c>); null looks beside the program and in <c>../bpf</c> of it.
    /// </summary>
    public string? ObjectFile { get; init; }

    /// <summary>The namespace that is the host; null for the one the process runs in.</summary>
    public Linux.Namespaces.NetworkNamespace? Host { get; init; }

    /// <summary>
    /// Whether the host's own processes reach publications through its own addresses. That takes programs at the root of the cgroup
    /// hierarchy, which belongs to the whole machine.
    /// </summary>
    public bool ServeHostProcesses { get; init; } = true;

    /// <summary>Where the BPF file system is mounted.</summary>
    public string BpfFileSystem { get; init; } = "/sys/fs/bpf";

    /// <summary>Source ports of translated connections; reserved on the host.</summary>
    public PortRange TranslationPorts { get; init; } = new(49152, 65535);

    /// <summary>Connections an endpoint may have through translation and publications.</summary>
    public uint FlowQuota { get; init; } = 32768;

    /// <summary>Of these, not yet answered.</summary>
    public uint HalfOpenQuota { get; init; } = 4096;

    /// <summary>Hears what goes wrong in the background, and what this host cannot do.</summary>
    public Action<EngineMessage> Report { get; init; } = static _ => { };

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
