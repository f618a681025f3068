using System.Diagnostics.CodeAnalysis;
using Fairway.Model.Addressing;

namespace Fairway.Model.Json;

/// <summary>Written <c>"00:15:5d:01:02:03"</c>; read with colons or hyphens.</summary>
internal sealed class MacAddressConverter : TextConverter<MacAddress>
{
    protected override string Expected => "a MAC address";

    protected override bool TryParse(string text, out MacAddress value, [NotNullWhen(false)] out string? error)
    {
        error = MacAddress.TryParse(text, out value) ? null : $"'{text}' is not a MAC address; write six octets like 02:15:5d:01:02:03";
        return error is null;
    }

    protected override string Format(MacAddress value) => value.ToString();
}
