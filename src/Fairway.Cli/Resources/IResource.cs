using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;

namespace Fairway.Cli.Resources;

/// <summary>What <c>list</c>, <c>show</c> and <c>delete</c> need to know of a kind of resource.</summary>
internal interface IResource<TDocument>
{
    /// <summary>The word for one in text: <c>network</c>.</summary>
    string Noun { get; }

    /// <summary>The command: <c>fairway network</c>.</summary>
    string Command => Noun;

    /// <summary>The word for one in JSON: <c>Network</c>.</summary>
    string Kind { get; }

    /// <summary>The columns of its table.</summary>
    IReadOnlyList<Column<TDocument>> Columns { get; }

    /// <summary>All there are, in the order to list them.</summary>
    IReadOnlyList<TDocument> All(Inventory inventory);

    /// <summary>Asks the daemon for one.</summary>
    Task<TDocument> FindAsync(Session session, Inventory inventory, string reference);

    /// <summary>Adds what only <c>show</c> tells, because it costs a question each.</summary>
    Task<TDocument> CompleteAsync(Session session, TDocument document) => Task.FromResult(document);

    /// <summary>Deletes one that was found.</summary>
    Task DeleteAsync(Session session, TDocument document);

    /// <summary>What <c>show</c> prints.</summary>
    IReadOnlyList<(string Label, string? Value)> Fields(TDocument document);

    /// <summary>Its name between quotes, or what identifies it.</summary>
    string Title(TDocument document);

    /// <summary>Names to complete a word with.</summary>
    Task<IEnumerable<string>> NamesAsync(Session session);
}
