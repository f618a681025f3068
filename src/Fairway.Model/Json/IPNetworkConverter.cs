using System.Diagnostics.CodeAnalysis;
using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Model.Json;

/// <summary><c>"10.1.0.0/16"</c>, <c>"fd00::/64"</c>; host bits must be zero.</summary>
internal sealed class IPNetworkConverter : TextConverter<IPNetwork>
{
    protected override string Expected => "a prefix";

    protected override bool TryParse(string text, out IPNetwork value, [NotNullWhen(false)] out string? error) =>
        PrefixText.TryParse(text, out value, out error);

    protected override string Format(IPNetwork value) => value.ToString();
}
