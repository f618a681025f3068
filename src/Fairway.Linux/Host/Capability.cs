using Fairway.Linux.Interop;

namespace Fairway.Linux.Host;

/// <summary>Privileges of a process (<c>capabilities(7)</c>) that networking needs; the kernel has more.</summary>
public enum Capability
{
    /// <summary>Passes over file permissions.</summary>
    DacOverride = linux_capability.CAP_DAC_OVERRIDE,

    /// <summary>Signals other users' processes.</summary>
    Kill = linux_capability.CAP_KILL,

    /// <summary>Binds ports below 1024.</summary>
    NetBindService = linux_capability.CAP_NET_BIND_SERVICE,

    /// <summary>Configures networks.</summary>
    NetAdmin = linux_capability.CAP_NET_ADMIN,

    /// <summary>Opens raw and packet sockets.</summary>
    NetRaw = linux_capability.CAP_NET_RAW,

    /// <summary>Looks into other users' processes.</summary>
    SysPtrace = linux_capability.CAP_SYS_PTRACE,

    /// <summary>Mounts, enters namespaces, and much else.</summary>
    SysAdmin = linux_capability.CAP_SYS_ADMIN,

    /// <summary>Exceeds resource limits.</summary>
    SysResource = linux_capability.CAP_SYS_RESOURCE,

    /// <summary>Uses BPF's privileged parts (Linux 5.8); <see cref="SysAdmin"/> includes it.</summary>
    Bpf = linux_capability.CAP_BPF,

    /// <summary>Reads performance events and loads tracing programs (Linux 5.8); <see cref="SysAdmin"/> includes it.</summary>
    Perfmon = linux_capability.CAP_PERFMON,
}
