using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fairway.Model.Networks;

namespace Fairway.Engine.Planner;

/// <summary>
/// The names of the host's links, at most 15 bytes (IFNAMSIZ less one). The default instance has <c>fw-web</c>; another one has three
/// hex digits of its own name in the prefix, so that instances in one namespace do not meet.
/// </summary>
internal sealed class LinkNames
{
    /// <summary>The instance that needs no distinction.</summary>
    public const string DefaultInstance = "fairway";

    private const int MaximumLength = 15;

    private readonly string _prefix;

    public LinkNames(string instance)
    {
        Instance = instance;
        _prefix = instance == DefaultInstance ? "fw-" : $"f{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(instance)))[..3]}-";
    }

    public string Instance { get; }

    /// <summary>
    /// The host vNIC: after the network's name when that fits and cannot be mistaken for the other form, else after its id.
    /// </summary>
    public string Network(Guid id, string name) =>
        _prefix.Length + Encoding.UTF8.GetByteCount(name) <= MaximumLength && !IsIdForm(name) ? _prefix + name : _prefix + Hex(id, 8);

    /// <summary>The host vNIC of a network: the name it asks for, else the derived one.</summary>
    public string Network(NetworkSpec spec) => spec.HostLink ?? Network(spec.Id, spec.Name);

    /// <summary>The host side of an endpoint's veth pair, and the tap of one nobody named.</summary>
    public static string Endpoint(Guid id) => "fw" + Hex(id, 12);

    private static bool IsIdForm(string name) => name.Length == 8 && uint.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);

    private static string Hex(Guid id, int digits) => id.ToString("N")[..digits];
}
