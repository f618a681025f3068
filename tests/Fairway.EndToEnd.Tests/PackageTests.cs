using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary>
/// The Debian package on this machine's own system, of which it sees an overlay: what it writes ends in memory. What is in there after it was purged,
/// the package manager's own notes aside, the package has left behind.
/// </summary>
public sealed class PackageTests
{
    /// <summary>Where dpkg, ldconfig and groupadd note what they did; groupdel puts its files back as they were.</summary>
    private const string Notes = "var/lib/dpkg|var/log|var/cache|etc/group|etc/gshadow|etc/.pwd.lock|etc/ld.so.cache";

    [Fact]
    public async Task Package_IsBuiltByOneCommand_InstalledAndPurged_AndLeavesNoFile()
    {
        var package = Path.Combine(Path.GetTempPath(), $"fairway-{Environment.ProcessId}.deb");
        var environment = new Dictionary<string, string> { ["FAIRWAY_PACKAGE"] = package, ["DPKG_DEB_COMPRESSOR_TYPE"] = "none" };
        try
        {
            (await Programs.RunAsync([Path.Combine(Repository(), "packaging/build-deb.sh"), "--published"], environment)).Expect();
            var output = (await Programs.RunAsync(["unshare", "--mount", "--propagation", "private", "sh", "-ec", Script, "sh", package])).Expect();
            Assert.Contains("installed: fairway 0.", output, StringComparison.Ordinal);
            Assert.Contains("netavark: fairway-netavark 0.", output, StringComparison.Ordinal);
            Assert.Contains("podman: containers.conf.d/fairway.conf", output, StringComparison.Ordinal);
            Assert.Contains("group: fairway", output, StringComparison.Ordinal);
            Assert.EndsWith("left:\n", output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(package);
        }
    }

    [Fact]
    public async Task Install_BelowADirectory_IsTakenAwayWhole()
    {
        var root = Directory.CreateTempSubdirectory("fairway-install-").FullName;
        try
        {
            var fairway = Path.Combine(Published(), "fairway");
            (await Programs.RunAsync([fairway, "install", "--root", root])).Expect();
            (await Programs.RunAsync([Path.Combine(root, "usr/bin/fairway"), "--version"])).Expect();
            Assert.Contains("ExecStart=/usr/lib/fairway/fairwayd", await File.ReadAllTextAsync(Path.Combine(root, "usr/lib/systemd/system/fairwayd.service"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
            (await Programs.RunAsync([fairway, "uninstall", "--root", root])).Expect();
            Assert.Empty(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private const string Script = $$"""
        work=$(mktemp -d)
        mount -t tmpfs tmpfs "$work"
        mkdir "$work/upper" "$work/work" "$work/root"
        mount -t overlay overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/work" "$work/root"
        root=$work/root
        # No systemd here, whatever runs this machine; the scripts then leave the service alone.
        mount -t tmpfs tmpfs "$root/run"
        mount -t tmpfs tmpfs "$root/tmp"
        mount -t proc proc "$root/proc"
        mount -t sysfs sysfs "$root/sys"
        mount --bind /dev "$root/dev"
        cp "$1" "$root/tmp/fairway.deb"
        export DEBIAN_FRONTEND=noninteractive
        chroot "$root" dpkg --install /tmp/fairway.deb >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
        echo "installed: $(chroot "$root" fairway --version)"
        echo "netavark: $(chroot "$root" /usr/lib/fairway/podman/netavark --version)"
        echo "group: $(chroot "$root" getent group fairway)"
        chroot "$root" fairway podman install >/dev/null
        chroot "$root" fairway cni install >/dev/null
        (cd "$root/etc/containers" && echo "podman: $(ls containers.conf.d/fairway.conf)")
        chroot "$root" dpkg --purge fairway >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
        echo "left:"
        (cd "$work/upper" && find . -type f -o -type l | cut -c3- | grep -vE '^({{Notes}})' || true)
        """;

    private static string Published() => Environment.GetEnvironmentVariable("FAIRWAY_PUBLISHED") is { Length: > 0 } folder ? folder : Path.Combine(Repository(), "artifacts/publish");

    // artifacts/bin/PROJECT/release
    private static string Repository() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));
}
