using System.Diagnostics.CodeAnalysis;
using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Model.Json;

/// <summary><c>"10.1.0.2"</c>, <c>"fd00::2"</c>.</summary>
internal sealed class IPAddressConverter : TextConverter<IPAddress>
{
    protected override string Expected => "an IP address";

    protected override bool TryParse(string text, [MaybeNullWhen(false)] out IPAddress value, [NotNullWhen(false)] out string? error) =>
        AddressText.TryParse(text, out value, out error);

    protected override string Format(IPAddress value) => value.ToString();
}
