using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Bpf;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;

namespace Fairway.Torture.Tests.Traffic;

/// <summary>
/// Brings a host, under traffic, into the state a release with another layout of the maps would have left: rows with strange fields between the
/// known ones, programs compiled for them, everything pinned under another number.
/// </summary>
internal static class FormerRelease
{
    private const string Layout = "v0";

    /// <summary>A field where there was none moves all that follow.</summary>
    private static readonly (string Struct, string Field)[] s_strange =
    [
        ("struct fw_flow {", "\n\t__u64 strange;"), ("struct fw_port {", "\n\t__u32 strange[3];"), ("struct fw_network {", "\n\t__u64 strange;"), ("struct fw_publication {", "\n\t__u32 strange;"),
        ("struct fw_uplink {", "\n\t__u32 strange;"), ("struct fw_statistics {", "\n\t__u64 strange;"),
    ];

    /// <summary>With no daemon running.</summary>
    public static async Task RestoreAsync(Machine machine, string directory)
    {
        string file = await CompileAsync(directory), root = $"/sys/fs/bpf/{machine.Instance}", present = $"{root}/v{SwitchLimits.Layout}", former = $"{root}/{Layout}";
        Directory.CreateDirectory($"{former}/attachments");
        using BpfObject loaded = BpfObject.Open(file, former);
        loaded.Load();
        Assert.NotEqual(0, MapCopy.Run(present, former));
        using (BpfProgram sweeper = loaded.OpenProgram("start_sweeper"))
            Assert.Equal(0u, sweeper.Run(new BpfTestRun { Packet = new byte[64] }).ReturnValue);
        foreach (string pin in Directory.EnumerateFiles($"{present}/attachments"))
        {
            using BpfLink link = BpfLink.OpenPinned(pin);
            using BpfProgram program = loaded.OpenProgram(Path.GetFileName(pin));
            link.Update(program);
            link.Pin($"{former}/attachments/{Path.GetFileName(pin)}");
        }
        ExchangeFilters(machine, loaded);
        MapCopy.Run(present, former);
        Directory.Delete(present, recursive: true);
    }

    private static void ExchangeFilters(Machine machine, BpfObject loaded)
    {
        using NetworkNamespace host = NetworkNamespace.OpenPath(machine.Host.Path);
        using RouteNetlink route = RouteNetlink.Open(host);
        int exchanged = 0;
        foreach (Link link in route.ListLinks())
        {
            foreach (TrafficDirection direction in (TrafficDirection[])[TrafficDirection.Ingress, TrafficDirection.Egress])
            {
                foreach (TcFilter filter in route.ListFilters(link.Index, direction).Where(filter => filter.Name?.StartsWith($"{machine.Instance}:", StringComparison.Ordinal) == true))
                {
                    using BpfProgram program = loaded.OpenProgram(filter.Name!.Split(':')[1]);
                    route.ReplaceBpfFilter(new BpfFilterSpec { LinkIndex = link.Index, Direction = direction, Preference = filter.Preference, Handle = filter.Handle, Program = program, ClassId = filter.ClassId, Name = filter.Name });
                    exchanged++;
                }
            }
        }
        Assert.True(exchanged > 4, $"{exchanged} filters only");
    }

    private static async Task<string> CompileAsync(string directory)
    {
        foreach (string source in Directory.EnumerateFiles(OtherBuild.Sources))
            File.Copy(source, Path.Combine(directory, Path.GetFileName(source)), overwrite: true);
        string path = Path.Combine(directory, "layout.h"), layout = await File.ReadAllTextAsync(path);
        foreach (var (name, field) in s_strange)
        {
            Assert.Contains(name, layout, StringComparison.Ordinal);
            layout = layout.Replace(name, name + field, StringComparison.Ordinal);
        }
        await File.WriteAllTextAsync(path, layout);
        string made = Path.Combine(directory, "former.bpf.o");
        await OtherBuild.CompileAsync(Path.Combine(directory, "switch.bpf.c"), directory, made);
        return made;
    }
}
