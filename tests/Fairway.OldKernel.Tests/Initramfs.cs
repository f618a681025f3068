namespace Fairway.OldKernel.Tests;

/// <summary>
/// The guest's whole file system: busybox, the host's own iproute2 and bpftool with the libraries they load, the kernel's
/// modules, the .NET runtime and what the checks run.
/// </summary>
internal sealed class Initramfs(string root, KernelPackage kernel)
{
    private static readonly string[] s_moduleFolders = ["kernel/net", "kernel/drivers/net/vxlan", "kernel/lib"];
    private static readonly string[] s_modules = ["veth", "dummy", "ifb", "tun"];

    public async Task<string> BuildAsync()
    {
        foreach (var folder in new[] { "bin", "proc", "sys", "dev", "run", "tmp", "root", "etc", "bpf", "tests" })
            Directory.CreateDirectory(Path.Combine(root, folder));
        Copy("/usr/bin/busybox", "/bin/busybox");
        await AddProgramAsync("/usr/sbin/bpftool", "/usr/sbin/bpftool");
        await AddProgramAsync("/usr/sbin/tc", "/usr/sbin/tc");
        await AddProgramAsync("/usr/bin/ip", "/usr/sbin/ip");
        await AddModulesAsync();
        foreach (var script in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Guest"), "*.sh"))
            Copy(script, Path.GetFileName(script) == "init.sh" ? "/init" : $"/checks/{Path.GetFileName(script)}", executable: true);
        foreach (var program in Clone.SwitchObjects())
            Copy(program, $"/bpf/{Path.GetFileName(program)}");
        return await PackAsync();
    }

    public async Task AddRuntimeAsync()
    {
        var shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var dotnet = Path.GetFullPath(Path.Combine(shared, "../../.."));
        CopyTree(Path.Combine(dotnet, "host"), "/dotnet/host");
        CopyTree(Path.Combine(dotnet, "shared"), "/dotnet/shared");
        await AddProgramAsync(Path.Combine(dotnet, "dotnet"), "/dotnet/dotnet");
        await AddLibrariesAsync(Path.Combine(shared, "libcoreclr.so"));
    }

    public void CopyTree(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    public async Task AddProgramAsync(string from, string to)
    {
        Copy(from, to, executable: true);
        await AddLibrariesAsync(from);
    }

    // ldd prints "\tlibelf.so.1 => /lib/x86_64-linux-gnu/libelf.so.1 (0x...)" and "\t/lib64/ld-linux-x86-64.so.2 (0x...)".
    public async Task AddLibrariesAsync(string binary)
    {
        foreach (var line in (await Command.RunAsync("ldd", [binary])).Split('\n'))
        {
            var path = line.Split(' ', StringSplitOptions.TrimEntries).FirstOrDefault(word => word.StartsWith('/'));
            if (path is not null)
                Copy(path, path);
        }
    }

    private async Task AddModulesAsync()
    {
        var target = $"/lib/modules/{kernel.Release}";
        foreach (var folder in s_moduleFolders)
            CopyTree(Path.Combine(kernel.Modules, folder), $"{target}/{folder}");
        foreach (var module in s_modules)
            Copy(Path.Combine(kernel.Modules, "kernel/drivers/net", $"{module}.ko"), $"{target}/kernel/drivers/net/{module}.ko");
        foreach (var table in Directory.GetFiles(kernel.Modules, "modules.*"))
            Copy(table, $"{target}/{Path.GetFileName(table)}");
        await Command.RunAsync("busybox", ["depmod", "-b", root, kernel.Release]);
    }

    private void Copy(string from, string to, bool executable = false)
    {
        var target = root + to;
        if (File.Exists(target))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(from, target);
        if (executable)
            File.SetUnixFileMode(target, (UnixFileMode)0b111_101_101);
    }

    private async Task<string> PackAsync()
    {
        var image = root + ".cpio";
        await Command.RunAsync("sh", ["-c", "find . | cpio --quiet -o -H newc >\"$0\"", image], root);
        return image;
    }
}
