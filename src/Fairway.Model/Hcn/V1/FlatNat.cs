using System.Text.Json;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.V1;

/// <summary>Port mappings of schema 1: the protocol is a name, and whether Docker has reserved the port is a switch of its own; in schema 2 it is one of the flags.</summary>
internal static class FlatNat
{
    private const string Type = "NAT";
    private const string Reserved = "ExternalPortReserved";
    private const string Flags = "Flags";

    public static JsonElement Settings(FlatPolicy flat)
    {
        var settings = flat.Members.Where(member => !member.Key.Equals(Reserved, StringComparison.OrdinalIgnoreCase)).ToDictionary();
        if (flat.Members.TryGetValue(Reserved, out var reserved) && reserved.ValueKind == JsonValueKind.True)
            settings[Flags] = FlatPolicy.Value((uint)(NatFlags.ExternalPortReserved | (NatFlags)(uint)(flat.Number(Flags) ?? 0)));
        return HcnJson.ToElement(settings);
    }

    public static JsonElement Write(JsonElement settings)
    {
        var mapping = HcnJson.FromElement<PortMappingPolicySetting>(settings);
        var members = new FlatPolicy(FlatPolicy.Write(Type, settings)).Members;
        var written = new Dictionary<string, JsonElement> { ["Type"] = FlatPolicy.Value(Type), ["Protocol"] = FlatPolicy.Value($"{mapping.Protocol}") };
        foreach (var (name, value) in members.Where(member => member.Key is not ("Protocol" or Flags)))
            written[name] = value;
        var flags = mapping.Flags ?? NatFlags.None;
        if (flags.HasFlag(NatFlags.ExternalPortReserved))
            written[Reserved] = FlatPolicy.Value(true);
        if ((flags & ~NatFlags.ExternalPortReserved) is not NatFlags.None and var rest)
            written[Flags] = FlatPolicy.Value((uint)rest);
        return HcnJson.ToElement(written);
    }
}
