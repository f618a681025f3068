using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.V1;

/// <summary>An access rule of schema 1, which has members for single values beside those for lists.</summary>
internal static class FlatAcl
{
    private static readonly (string Single, string List)[] s_lists =
        [("Protocol", "Protocols"), ("LocalPort", "LocalPorts"), ("InternalPort", "LocalPorts"), ("RemotePort", "RemotePorts")];

    /// <summary>The settings of the ACL of schema 2.</summary>
    public static JsonElement Settings(FlatPolicy flat, FindingCollector here)
    {
        if (flat.Text("ServiceName") is { } service)
            here.At("ServiceName").Add($"a rule for the service '{Names.ResourceName.Printable(service)}' is not honoured by this release; give its ports", HcnErrorCode.InvalidPolicy);
        var settings = flat.Members.Where(member => member.Key != "ServiceName" && !s_lists.Any(pair => pair.Single.Equals(member.Key, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(member => member.Key, member => member.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var (single, list) in s_lists)
        {
            if (flat.Number(single) is not { } number) continue;
            if (settings.TryGetValue(list, out var given) && given.ValueKind == JsonValueKind.String && given.GetString() is { Length: > 0 } text && text != $"{number}")
                here.At(single).Add($"{single} is {number} and {list} is '{Names.ResourceName.Printable(text)}'; give one of them", HcnErrorCode.InvalidPolicy);
            settings[list] = FlatPolicy.Value($"{number}");
        }
        return HcnJson.ToElement(new Dictionary<string, JsonElement>(settings));
    }
}
