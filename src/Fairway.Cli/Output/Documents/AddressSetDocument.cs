namespace Fairway.Cli.Output.Documents;

/// <summary>An address set, as <c>--output json</c> shows it.</summary>
/// <param name="Id">What rules call it.</param>
/// <param name="Name">Display name, or null.</param>
/// <param name="Values">Prefixes, or ids of the sets it is made of.</param>
internal sealed record AddressSetDocument(string Id, string? Name, IReadOnlyList<string> Values);
