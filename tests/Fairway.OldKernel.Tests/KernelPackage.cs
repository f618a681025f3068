namespace Fairway.OldKernel.Tests;

/// <summary>
/// Debian's cloud kernel, downloaded by apt and unpacked, never installed: installing would run its hooks on the host.
/// Unpacked once per version below artifacts/oldkernel.
/// </summary>
internal sealed record KernelPackage(string Release, string Directory)
{
    private const string MetaPackage = "linux-image-cloud-amd64";

    public string Image => Path.Combine(Directory, "boot", $"vmlinuz-{Release}");

    public string Modules => Path.Combine(Directory, "lib", "modules", Release);

    /// <returns>Null where the host's archive has no such package (Ubuntu).</returns>
    public static async Task<KernelPackage?> GetAsync()
    {
        var package = await NewestAsync();
        if (package is null)
            return null;
        var release = package["linux-image-".Length..];
        var target = Path.Combine(Clone.Artifacts, "oldkernel", release);
        var kernel = new KernelPackage(release, target);
        if (!File.Exists(kernel.Image))
            await UnpackAsync(package, target);
        return kernel;
    }

    // apt-cache depends prints "linux-image-cloud-amd64\n  Depends: linux-image-6.1.0-41-cloud-amd64\n".
    private static async Task<string?> NewestAsync()
    {
        string text;
        try
        {
            text = await Command.RunAsync("apt-cache", ["depends", "--important", MetaPackage]);
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        return text.Split('\n')
            .Select(line => line.Trim().Split(": "))
            .Where(words => words is ["Depends", var name] && name.StartsWith("linux-image-", StringComparison.Ordinal))
            .Select(words => words[1])
            .FirstOrDefault();
    }

    private static async Task UnpackAsync(string package, string target)
    {
        var partial = System.IO.Directory.CreateDirectory(target + ".partial").FullName;
        await Command.RunAsync("apt-get", ["-o", "APT::Sandbox::User=root", "-qq", "download", package], partial);
        var deb = System.IO.Directory.GetFiles(partial, "*.deb").Single();
        await Command.RunAsync("dpkg-deb", ["-x", deb, partial]);
        File.Delete(deb);
        if (System.IO.Directory.Exists(target))
            System.IO.Directory.Delete(target, recursive: true);
        System.IO.Directory.Move(partial, target);
    }
}
