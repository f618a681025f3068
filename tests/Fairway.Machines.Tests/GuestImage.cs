namespace Fairway.Machines.Tests;

/// <summary>The guest's whole file system: busybox, the modules of a virtio NIC, and what the test has it do.</summary>
internal sealed class GuestImage(string root, KernelPackage kernel)
{
    private static readonly string[] s_modules =
    [
        "kernel/drivers/virtio", "kernel/drivers/net/virtio_net.ko", "kernel/drivers/net/net_failover.ko", "kernel/net/core/failover.ko",
    ];

    /// <summary>Builds it.</summary>
    /// <param name="script">What the guest does once it has its NICs.</param>
    /// <returns>Path of the image.</returns>
    public async Task<string> BuildAsync(string script)
    {
        foreach (string folder in new[] { "bin", "proc", "sys", "dev", "etc", "root", "www/cgi-bin" })
            Directory.CreateDirectory(Path.Combine(root, folder));
        Copy("/usr/bin/busybox", "/bin/busybox");
        Copy(Path.Combine(AppContext.BaseDirectory, "Guest/init.sh"), "/init");
        Copy(Path.Combine(AppContext.BaseDirectory, "Guest/dhcp.sh"), "/dhcp.sh");
        Write("/guest.sh", script);
        Write("/www/cgi-bin/who", "#!/bin/busybox sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n%s' \"$REMOTE_ADDR\"\n");
        await AddModulesAsync();
        string image = root + ".cpio";
        await Command.RunAsync("sh", ["-c", "find . | cpio --quiet -o -H newc >\"$0\"", image], root);
        return image;
    }

    private async Task AddModulesAsync()
    {
        string target = $"/lib/modules/{kernel.Release}";
        foreach (string module in s_modules)
        {
            string source = Path.Combine(kernel.Modules, module);
            // What the kernel has built in is no file.
            IEnumerable<string> files = Directory.Exists(source) ? Directory.EnumerateFiles(source) : new[] { source }.Where(File.Exists);
            foreach (string file in files)
                Copy(file, $"{target}/{Path.GetRelativePath(kernel.Modules, file)}");
        }
        foreach (string table in Directory.GetFiles(kernel.Modules, "modules.*"))
            Copy(table, $"{target}/{Path.GetFileName(table)}");
        await Command.RunAsync("busybox", ["depmod", "-b", root, kernel.Release]);
    }

    private void Copy(string from, string to)
    {
        string target = root + to;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(from, target);
        Run(target);
    }

    private void Write(string to, string text)
    {
        File.WriteAllText(root + to, text.ReplaceLineEndings("\n"));
        Run(root + to);
    }

    private static void Run(string file) => File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
}
