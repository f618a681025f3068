namespace Fairway.Linux.Host;

/// <summary>The running boot.</summary>
public static class Boot
{
    /// <summary>Number of this boot: another after each (/proc/sys/kernel/random/boot_id). Containers of one machine share it.</summary>
    public static Guid Id { get; } = Guid.Parse(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());
}
