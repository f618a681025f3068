using System.Formats.Tar;

namespace Fairway.Engines.Tests.Fixtures;

/// <summary>A root file system without a network in sight: busybox-static and a link for each of its commands. Made once per run.</summary>
internal static class BusyboxRoot
{
    private static readonly Lazy<Task<string>> s_tar = new(WriteAsync);

    /// <summary>What <c>docker import</c> and <c>podman import</c> take: an uncompressed tar of the root file system.</summary>
    public static Task<string> TarAsync() => s_tar.Value;

    private static async Task<string> WriteAsync()
    {
        string path = Path.Combine(TestFolder.Path, "busybox-root.tar");
        string commands = (await Programs.RunAsync(["/usr/bin/busybox", "--list"])).Expect();
        await using FileStream file = File.Create(path);
        await using var tar = new TarWriter(file, TarEntryFormat.Ustar);
        foreach (string folder in (string[])["bin", "dev", "etc", "proc", "root", "run", "sys", "tmp", "var"])
            await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.Directory, folder + "/") { Mode = Executable });
        await WriteFileAsync(tar, "etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"u8.ToArray());
        await WriteFileAsync(tar, "etc/group", "root:x:0:\n"u8.ToArray());
        await WriteFileAsync(tar, "bin/busybox", await File.ReadAllBytesAsync("/usr/bin/busybox"), Executable);
        foreach (string command in commands.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(command => command != "busybox"))
            await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.SymbolicLink, $"bin/{command}") { LinkName = "busybox" });
        return path;
    }

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static async Task WriteFileAsync(TarWriter tar, string name, byte[] content, UnixFileMode mode = Readable)
    {
        using var data = new MemoryStream(content);
        await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data, Mode = mode });
    }
}
