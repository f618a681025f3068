using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Resources;
using Fairway.Model.Errors;

namespace Fairway.Cli.Commands;

/// <summary>The commands that are the same for every kind of resource.</summary>
internal static class ResourceCommands
{
    /// <summary>An argument that names one resource, with completion from the daemon.</summary>
    public static Argument<string> Reference<T>(IResource<T> resource) =>
        new Argument<string>(resource.Command.ToUpperInvariant()) { Description = "Name, id or beginning of an id" }.Completing(resource);

    public static CliCommand List<T>(IResource<T> resource) =>
        new CliCommand("list", $"Lists the {resource.Noun}s") { Examples = $"fairway {resource.Command} list\nfairway {resource.Command} list --output json" }
            .Does(async session =>
            {
                var documents = resource.All(await Inventory.ReadAsync(session));
                session.Write(resource.Kind, documents, terminal => Table.Write(terminal, resource.Columns, documents));
            });

    public static CliCommand Show<T>(IResource<T> resource, string example)
    {
        var references = References(resource);
        return new CliCommand("show", $"Shows all there is to know of a {resource.Noun}") { Examples = $"fairway {resource.Command} show {example}" }
            .With(references)
            .Does(session => ShowAsync(session, resource, session.Get(references)));
    }

    public static CliCommand Delete<T>(IResource<T> resource, string description, string examples)
    {
        var references = References(resource);
        return new CliCommand("delete", description) { Examples = examples }
            .With(references)
            .Does(session => DeleteAsync(session, resource, session.Get(references)));
    }

    /// <summary>Says what was created or changed: a sentence for people, the document for programs.</summary>
    public static void Tell<T>(Session session, IResource<T> resource, T document, string sentence) =>
        session.Write(resource.Kind, [document], terminal => terminal.Out.WriteLine(sentence));

    private static Argument<string[]> References<T>(IResource<T> resource) =>
        new Argument<string[]>(resource.Command.ToUpperInvariant())
        {
            Description = "Names, ids or beginnings of ids",
            Arity = ArgumentArity.OneOrMore,
        }.Completing(resource);

    private static async Task<int> ShowAsync<T>(Session session, IResource<T> resource, string[] references)
    {
        var inventory = await Inventory.ReadAsync(session);
        var (documents, code) = await EachAsync(session, references, async reference =>
            await resource.CompleteAsync(session, await resource.FindAsync(session, inventory, reference)));
        session.Write(resource.Kind, documents, terminal =>
        {
            for (var i = 0; i < documents.Count; i++)
            {
                if (i > 0) terminal.Out.WriteLine();
                Table.WriteFields(terminal, resource.Fields(documents[i]));
            }
        });
        return code;
    }

    private static async Task<int> DeleteAsync<T>(Session session, IResource<T> resource, string[] references)
    {
        var inventory = await Inventory.ReadAsync(session);
        var (documents, code) = await EachAsync(session, references, async reference =>
        {
            var document = await resource.FindAsync(session, inventory, reference);
            await resource.DeleteAsync(session, document);
            return document;
        });
        session.Write(resource.Kind, documents, terminal =>
        {
            foreach (var document in documents)
                terminal.Out.WriteLine($"deleted {resource.Noun} {resource.Title(document)}");
        });
        return code;
    }

    /// <summary>Does something for each; one that fails is reported and does not keep the others from being done.</summary>
    private static async Task<(IReadOnlyList<T> Done, int Code)> EachAsync<T>(Session session, string[] references, Func<string, Task<T>> action)
    {
        var done = new List<T>();
        var code = ExitCode.Success;
        foreach (var reference in references.Distinct())
        {
            try
            {
                done.Add(await action(reference));
            }
            catch (FairwayException e) when (e.Kind != ErrorKind.Unavailable)
            {
                var failed = Failure.Write(session.Terminal, session.Format, e);
                code = code == ExitCode.Success ? failed : code;
            }
        }
        return (done, code);
    }
}
