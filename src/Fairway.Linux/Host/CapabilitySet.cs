using System.Globalization;

namespace Fairway.Linux.Host;

/// <summary>A set of privileges.</summary>
/// <param name="Bits">Bit n for capability number n (<c>linux/capability.h</c>).</param>
public readonly record struct CapabilitySet(ulong Bits)
{
    /// <summary>What this process may do now: its effective capabilities.</summary>
    /// <returns>The set.</returns>
    /// <exception cref="InvalidDataException">/proc/self/status does not say.</exception>
    public static CapabilitySet OfThisProcess() => Parse(File.ReadAllText("/proc/self/status"));

    /// <summary>Whether a privilege is in the set.</summary>
    /// <param name="capability">The privilege.</param>
    /// <returns>True if it is.</returns>
    public bool Contains(Capability capability) => (Bits & (1ul << (int)capability)) != 0;

    /// <summary>Finds the line <c>CapEff: 000001ffffffffff</c>.</summary>
    internal static CapabilitySet Parse(string status)
    {
        const string Name = "CapEff:";
        string? line = status.Split('\n').FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
        return line is not null && ulong.TryParse(line.AsSpan(Name.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits)
            ? new CapabilitySet(bits)
            : throw new InvalidDataException("/proc/self/status does not tell the effective capabilities");
    }
}
