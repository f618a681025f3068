namespace Fairway.Torture.Tests.Traffic;

/// <summary>What became of a stream.</summary>
/// <param name="Name">Which way it went.</param>
/// <param name="Sent">Packets or messages sent.</param>
/// <param name="Received">Those that came.</param>
/// <param name="Missing">The first of those that did not come.</param>
internal sealed record StreamResult(string Name, long Sent, long Received, string Missing)
{
    public override string ToString() => $"{Name}: {Sent} sent, {Sent - Received} lost{(Missing.Length > 0 ? $" ({Missing})" : "")}";
}
