using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Model.Namespaces;

namespace Fairway.Cli.Resources;

/// <summary>Namespaces on the command line.</summary>
internal sealed class NamespaceResource : IResource<NamespaceDocument>
{
    public static readonly NamespaceResource Instance = new();

    public string Noun => "namespace";

    public string Kind => "Namespace";

    public IReadOnlyList<Column<NamespaceDocument>> Columns { get; } =
    [
        new("NAME", n => n.Name ?? ""),
        new("ENDPOINTS", n => Text.List(n.Endpoints)),
        new("PATH", n => n.Path ?? ""),
        new("ID", n => Text.ShortId(n.Id)),
    ];

    public IReadOnlyList<NamespaceDocument> All(Inventory inventory) => [.. inventory.Namespaces.Select(known => Document(known, inventory))];

    public async Task<NamespaceDocument> FindAsync(Session session, Inventory inventory, string reference) =>
        Document(await session.Client.GetNamespaceAsync(reference, session.Cancellation), inventory);

    public Task DeleteAsync(Session session, NamespaceDocument document) =>
        session.Client.DeleteNamespaceAsync(document.Id.ToString(), session.Cancellation);

    public IReadOnlyList<(string Label, string? Value)> Fields(NamespaceDocument n) =>
    [
        ("Name", n.Name),
        ("Id", n.Id.ToString()),
        ("Path", n.Path is { } path ? path + (n.Owned ? "" : " (not made by Fairway: deleting only forgets it)") : null),
        ("Guest", n.Guest ? "inside of a virtual machine" : null),
        ("Endpoints", n.Endpoints.Count == 0 ? "none" : Text.List(n.Endpoints)),
        ("Revision", $"{n.Revision}"),
    ];

    public string Title(NamespaceDocument document) => $"'{document.Name ?? document.Path ?? document.Id.ToString()}'";

    public async Task<IEnumerable<string>> NamesAsync(Session session) =>
        (await session.Client.ListNamespacesAsync(session.Cancellation)).Select(known => known.Spec.Name).OfType<string>();

    public static NamespaceDocument Document(NetworkNamespace known, Inventory inventory) => new()
    {
        Id = known.Spec.Id,
        Name = known.Spec.Name,
        Path = known.Spec.Path,
        Owned = known.Spec.Owned,
        Guest = known.Spec.Guest,
        Endpoints = [.. inventory.Endpoints.Where(e => e.Spec.NamespaceId == known.Spec.Id).Select(inventory.QualifiedName)],
        Revision = known.Revision,
    };
}
