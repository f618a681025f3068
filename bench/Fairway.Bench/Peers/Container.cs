using System.Net;
using Fairway.Linux;

namespace Fairway.Bench.Peers;

/// <summary>Something to attach: a namespace, and what is published of it.</summary>
/// <param name="Name">Its name, unique on its host.</param>
/// <param name="Number">Its number there.</param>
/// <param name="NetnsPath">Its namespace.</param>
/// <param name="Forwards">What is published with it.</param>
internal sealed record Container(string Name, int Number, string NetnsPath, IReadOnlyList<Forward> Forwards)
{
    /// <summary>For peers that let others choose: the host would look for an address that comes back with another MAC at the old one.</summary>
    public MacAddress Mac => new(0x02_67_00_00_00_00UL + (ulong)Number);

    /// <summary>What it got, once attached.</summary>
    public IPAddress? Address { get; set; }

    /// <summary>What the peer answered, for peers that want that back.</summary>
    public string Answer { get; set; } = "";
}
