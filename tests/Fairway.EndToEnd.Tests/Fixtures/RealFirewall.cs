using System.Diagnostics;

namespace Fairway.EndToEnd.Tests.Fixtures;

/// <summary>
/// A firewall as its package ships it, at work in the test's host. firewalld and ufw are unpacked, not installed: installed they would start, or stay, on the
/// machine that runs the tests. They find themselves in /usr and /etc of a mount namespace of their own, and end with their process namespace.
/// </summary>
internal sealed class RealFirewall : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static readonly string s_packages = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../firewalls"));

    private static readonly Lazy<Task> s_unpacked = new(UnpackAsync);

    private const string Prelude = """
        set -e
        top=/run/fwe-firewall; mkdir -p $top; mount -t tmpfs none $top; mkdir $top/etc $top/work
        mount -t overlay none -o lowerdir=$PACKAGES/usr:/usr /usr
        mount -t overlay none -o lowerdir=$PACKAGES/etc:/etc,upperdir=$top/etc,workdir=$top/work /etc
        """;

    private const string Firewalld = """
        mkdir -p /run/dbus; mount -t tmpfs none /run/dbus
        cp /usr/share/dbus-1/system.d/FirewallD.conf /etc/dbus-1/system.d/ 2>/dev/null || true
        dbus-daemon --system --fork --nopidfile
        firewalld --nofork --nopid >/dev/null 2>&1 &
        until firewall-cmd --state >/dev/null 2>&1; do sleep 0.1; done
        nft list table inet firewalld >/dev/null
        echo ready
        while read -r word; do firewall-cmd --reload >/dev/null; echo reloaded; done
        sleep infinity
        """;

    private const string Ufw = """
        cp /usr/share/ufw/ufw.conf /usr/share/ufw/*.rules /usr/share/ufw/*.init /etc/ufw/
        ufw default deny incoming >/dev/null; ufw default deny routed >/dev/null; ufw --force enable >/dev/null
        ufw status verbose | grep -q 'deny (incoming)'; iptables -S FORWARD | grep -q -- '-P FORWARD DROP'
        echo ready
        while read -r word; do ufw reload >/dev/null; echo reloaded; done
        sleep infinity
        """;

    private const string Iptables = """
        iptables -P FORWARD DROP; ip6tables -P FORWARD DROP
        iptables -S FORWARD | grep -q -- '-P FORWARD DROP'
        echo ready
        while read -r word; do iptables -F; iptables -P FORWARD DROP; echo reloaded; done
        sleep infinity
        """;

    private readonly Place _host;
    private readonly Process _process;

    private RealFirewall(Place host, Process process)
    {
        _host = host;
        _process = process;
    }

    public static IReadOnlyList<string> Kinds { get; } = ["firewalld", "ufw", "iptables"];

    /// <summary>Starts one and waits until its rules stand.</summary>
    public static async Task<RealFirewall> StartAsync(string kind, Place host)
    {
        await s_unpacked.Value;
        string script = kind switch { "firewalld" => Prelude + "\n" + Firewalld, "ufw" => Prelude + "\n" + Ufw, _ => "set -e\n" + Iptables };
        Process process = Programs.Start(Programs.Inside(host.Path, "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", script),
            new Dictionary<string, string> { ["PACKAGES"] = s_packages });
        var firewall = new RealFirewall(host, process);
        await firewall.ExpectAsync("ready");
        return firewall;
    }

    /// <summary>Has it take its rules away and make them again.</summary>
    public async Task ReloadAsync()
    {
        await _process.StandardInput.WriteLineAsync("reload");
        await _process.StandardInput.FlushAsync();
        await ExpectAsync("reloaded");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _host.RunAsync("nft", "flush", "ruleset");
    }

    private async Task ExpectAsync(string word)
    {
        using var patience = new CancellationTokenSource(s_patience);
        string? line = await _process.StandardOutput.ReadLineAsync(patience.Token);
        if (line != word)
            throw new InvalidOperationException($"the firewall says '{line}', not '{word}': {await _process.StandardError.ReadToEndAsync(patience.Token)}");
    }

    private static async Task UnpackAsync()
    {
        if (Directory.Exists(s_packages))
            return;
        // What the packages' installation scripts would do: ufw's files lie below /lib, and firewalld's rights for D-Bus are a choice of two.
        const string Script = """
            set -e
            rm -rf $PACKAGES.partial; mkdir -p $PACKAGES.partial; cd $PACKAGES.partial
            apt-get -o APT::Sandbox::User=root -qq download firewalld python3-firewall ufw
            for deb in *.deb; do dpkg-deb -x $deb .; rm $deb; done
            if [ -d lib ]; then cp -a lib/. usr/lib/; rm -r lib; fi
            cp usr/share/polkit-1/actions/org.fedoraproject.FirewallD1.server.policy.choice usr/share/polkit-1/actions/org.fedoraproject.FirewallD1.policy
            mv $PACKAGES.partial $PACKAGES
            """;
        (await Programs.RunAsync(["sh", "-c", Script], new Dictionary<string, string> { ["PACKAGES"] = s_packages })).Expect();
    }
}
