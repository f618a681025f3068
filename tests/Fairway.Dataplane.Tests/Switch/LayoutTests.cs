using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;

namespace Fairway.Dataplane.Tests.Switch;

/// <summary>Compares the C# mirrors with <c>bpf/layout.h</c> as the compiler that builds the switch sees it.</summary>
public sealed class LayoutTests
{
    private static readonly Lazy<Dictionary<string, long>> s_compiled = new(Compile);

    public static TheoryData<string> Mirrors() => [.. MirrorTypes().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Mirrors))]
    public void Mirror_HasTheSizeAndOffsets_OfItsStruct(string name)
    {
        Type type = MirrorTypes().Single(type => type.Name == name);
        string c = type.GetCustomAttribute<CStructAttribute>()!.Name;
        Assert.Equal(s_compiled.Value[$"sizeof {c}"], Marshal.SizeOf(type));
        foreach (FieldInfo field in Members(type))
            Assert.Equal(($"{c}.{CName(field.Name)}", s_compiled.Value[$"{c}.{CName(field.Name)}"]), ($"{c}.{CName(field.Name)}", (long)Marshal.OffsetOf(type, field.Name)));
    }

    [Fact]
    public void EveryStruct_HasAMirror()
    {
        string[] structs = [.. File.ReadAllLines(Header)
            .Where(line => line.StartsWith("struct fw_", StringComparison.Ordinal) && line.EndsWith('{'))
            .Select(line => line.Split(' ')[1])];
        Assert.Equal(structs.Order(), MirrorTypes().Select(type => type.GetCustomAttribute<CStructAttribute>()!.Name).Order());
    }

    [Theory]
    [InlineData("FW_LAYOUT", SwitchLimits.Layout)]
    [InlineData("FW_MAX_PORTS", SwitchLimits.MaxPorts)]
    [InlineData("FW_MAX_NETWORKS", SwitchLimits.MaxNetworks)]
    [InlineData("FW_RESOLVER_PORT", SwitchLimits.ResolverPort)]
    [InlineData("FW_PORT_ROWS", SwitchLimits.PortRows)]
    [InlineData("FW_MAX_ADDRESSES", SwitchLimits.MaxAddresses)]
    [InlineData("FW_MAX_FLOWS", SwitchLimits.MaxFlows)]
    [InlineData("FW_MAX_PUBLICATIONS", SwitchLimits.MaxPublications)]
    [InlineData("FW_MAX_SOURCES", SwitchLimits.MaxSources)]
    [InlineData("FW_MAX_UPLINKS", SwitchLimits.MaxUplinks)]
    [InlineData("FW_MAX_HOST_ADDRESSES", SwitchLimits.MaxHostAddresses)]
    [InlineData("FW_UPLINK_ETHERNET", SwitchLimits.UplinkEthernet)]
    [InlineData("FW_UPLINK_RAW", SwitchLimits.UplinkRaw)]
    [InlineData("FW_UPLINK_SHARED", SwitchLimits.UplinkShared)]
    [InlineData("FW_MAX_MEMBERS", SwitchLimits.MaxMembers)]
    [InlineData("FW_NETWORK_LIVE", (uint)NetworkFlags.Live)]
    [InlineData("FW_NETWORK_NAT", (uint)NetworkFlags.Nat)]
    [InlineData("FW_NETWORK_HOST", (uint)NetworkFlags.Host)]
    [InlineData("FW_NETWORK_POLICED", (uint)NetworkFlags.Policed)]
    [InlineData("FW_NETWORK_SEGMENT", (uint)NetworkFlags.Segment)]
    [InlineData("FW_NETWORK_ONE_MAC", (uint)NetworkFlags.OneMac)]
    [InlineData("FW_NETWORK_HAIRPIN", (uint)NetworkFlags.Hairpin)]
    [InlineData("FW_NETWORK_OVERLAY", (uint)NetworkFlags.Overlay)]
    [InlineData("FW_NETWORK_HOST_ROUTE", (uint)NetworkFlags.HostRoute)]
    [InlineData("FW_MAX_VIRTUAL_SUBNETS", SwitchLimits.MaxVirtualSubnets)]
    [InlineData("FW_MAX_REMOTES", SwitchLimits.MaxRemotes)]
    [InlineData("FW_REMOTE_ROUTED", RemoteRow.Routed)]
    [InlineData("FW_MAX_WAYS", SwitchLimits.MaxWays)]
    [InlineData("FW_MAX_SIDECAR_PREFIXES", SwitchLimits.MaxSidecarPrefixes)]
    [InlineData("FW_SIDECAR_RANGES", (uint)SwitchLimits.SidecarRanges)]
    [InlineData("FW_SIDECAR_OUT", (uint)SidecarFlags.Out)]
    [InlineData("FW_SIDECAR_IN", (uint)SidecarFlags.In)]
    [InlineData("FW_SIDECAR_USER", (uint)SidecarFlags.User)]
    [InlineData("FW_WAY_TRANSLATED", (uint)WayFlags.Translated)]
    [InlineData("FW_WAY_UNTRANSLATED", (uint)WayFlags.Untranslated)]
    [InlineData("FW_WAY_HOP", (uint)WayFlags.Hop)]
    [InlineData("FW_WAY_ENCAPSULATED", (uint)WayFlags.Encapsulated)]
    [InlineData("FW_PORT_POLICED", (uint)PortFlags.Policed)]
    [InlineData("FW_RULES_OF_NETWORK", SwitchLimits.RulesOfNetwork)]
    [InlineData("FW_LINE_WORDS", (uint)Fairway.Dataplane.Policies.RuleLines.Words)]
    [InlineData("FW_PORT_LIVE", (uint)PortFlags.Live)]
    [InlineData("FW_PORT_RESOLVER", (uint)PortFlags.Resolver)]
    [InlineData("FW_PORT_PUBLISHED", (uint)PortFlags.Published)]
    [InlineData("FW_PORT_LINK_LAYER", (uint)PortFlags.LinkLayer)]
    [InlineData("FW_PORT_LEASES", (uint)PortFlags.Leases)]
    [InlineData("FW_PORT_APART", (uint)PortFlags.Apart)]
    [InlineData("FW_PORT_LIMITED", (uint)PortFlags.Limited)]
    [InlineData("FW_PORT_TOLD", (uint)PortFlags.Told)]
    [InlineData("FW_PORT_SOURCE", (uint)PortFlags.Source)]
    [InlineData("FW_PUBLICATION_KEPT", PublicationRow.Kept)]
    [InlineData("FW_PUBLICATION_SOURCED", PublicationRow.Sourced)]
    [InlineData("FW_PUBLICATION_FROM", PublicationRow.From)]
    [InlineData("FW_PUBLICATION_BALANCED", PublicationRow.Balanced)]
    [InlineData("FW_PUBLICATION_INTERNAL", PublicationRow.Internal)]
    [InlineData("FW_PUBLICATION_BY_SOURCE", PublicationRow.BySource)]
    [InlineData("FW_PUBLICATION_BY_SOURCE_PROTOCOL", PublicationRow.BySourceProtocol)]
    [InlineData("FW_MAX_BALANCERS", SwitchLimits.MaxBalancers)]
    [InlineData("FW_MAX_BACKENDS", SwitchLimits.MaxBackends)]
    [InlineData("FW_RANKED_BACKENDS", (uint)SwitchLimits.RankedBackends)]
    [InlineData("FW_CHOICE_LINES", SwitchLimits.ChoiceLines)]
    [InlineData("FW_LINE_CHOICES", (uint)SwitchLimits.LineChoices)]
    [InlineData("FW_UPLINK_NO_MAC", UplinkRow.NoMac)]
    [InlineData("FW_EVENT_DROP", (uint)FlowEventKind.Drop)]
    [InlineData("FW_EVENT_FLOW", (uint)FlowEventKind.NewFlow)]
    public void Constant_IsWhatTheHeaderSays(string name, uint value) => Assert.Equal(s_compiled.Value[name], value);

    [Fact]
    public void DropReasons_AreThoseOfTheSwitch()
    {
        Assert.Equal(s_compiled.Value["FW_DROP_REASONS"], Enum.GetValues<DropReason>().Length);
        foreach (DropReason reason in Enum.GetValues<DropReason>())
            Assert.Equal((long)reason, s_compiled.Value[$"FW_DROP_{CName(reason.ToString()).ToUpperInvariant()}"]);
    }

    private static string Header => Path.Combine(Root(), "bpf", "layout.h");

    private static IEnumerable<Type> MirrorTypes()
        => typeof(CStructAttribute).Assembly.GetTypes().Where(type => type.GetCustomAttribute<CStructAttribute>() is not null);

    /// <summary>Members of the struct: padding, and the words an address is made of, have no names in C.</summary>
    private static IEnumerable<FieldInfo> Members(Type type) => type == typeof(MappedAddress)
        ? []
        : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => !CName(field.Name).StartsWith("pad", StringComparison.Ordinal));

    /// <summary><c>HostCookie</c>, or the field behind such a property, as <c>host_cookie</c>.</summary>
    private static string CName(string name)
    {
        name = name.TrimStart('<').Split('>')[0];
        var result = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && result.Length > 0)
                result.Append('_');
            result.Append(char.ToLowerInvariant(c));
        }
        return result.ToString();
    }

    /// <summary>Builds and runs a program that prints every size, offset and constant.</summary>
    private static Dictionary<string, long> Compile()
    {
        var program = new StringBuilder("#include <stddef.h>\n#include <stdio.h>\n#include <linux/types.h>\n#include \"layout.h\"\nint main(void) {\n");
        foreach (Type type in MirrorTypes())
        {
            string c = type.GetCustomAttribute<CStructAttribute>()!.Name;
            program.AppendLine($"printf(\"sizeof {c}=%zu\\n\", sizeof(struct {c}));");
            foreach (FieldInfo field in Members(type))
                program.AppendLine($"printf(\"{c}.{CName(field.Name)}=%zu\\n\", offsetof(struct {c}, {CName(field.Name)}));");
        }
        IEnumerable<string> constants = typeof(LayoutTests).GetMethod(nameof(Constant_IsWhatTheHeaderSays))!.GetCustomAttributes<InlineDataAttribute>()
            .Select(data => (string)data.Data[0]!)
            .Concat(Enum.GetNames<DropReason>().Select(reason => $"FW_DROP_{CName(reason).ToUpperInvariant()}"))
            .Append("FW_DROP_REASONS");
        foreach (string constant in constants)
            program.AppendLine($"printf(\"{constant}=%lld\\n\", (long long)({constant}));");
        program.AppendLine("return 0; }");
        return Run(program.ToString());
    }

    private static Dictionary<string, long> Run(string source)
    {
        string directory = Directory.CreateTempSubdirectory("fairway-layout-").FullName;
        try
        {
            string file = Path.Combine(directory, "layout.c");
            string binary = Path.Combine(directory, "layout");
            File.WriteAllText(file, source);
            Start("clang", "-I", Path.GetDirectoryName(Header)!, "-o", binary, file);
            return Start(binary).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')).ToDictionary(pair => pair[0], pair => long.Parse(pair[1]));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Start(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output;
    }

    private static string Root()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Fairway.slnx")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new DirectoryNotFoundException("no Fairway.slnx above the tests");
    }
}
