using System.CommandLine;
using System.CommandLine.Completions;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Resources;
using Fairway.Model.Errors;

namespace Fairway.Cli.Commands;

/// <summary>Completes words with what the daemon has; without a daemon there is nothing to complete.</summary>
internal static class CompletionSources
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    extension<T>(Argument<T> argument)
    {
        public Argument<T> Completing<TDocument>(IResource<TDocument> resource)
        {
            // Without a name of its own for help, help would list the candidates, and ask the daemon for them.
            argument.HelpName ??= argument.Name;
            argument.CompletionSources.Add(context => Names(context, resource));
            return argument;
        }
    }

    extension<T>(Option<T> option)
    {
        public Option<T> Completing<TDocument>(IResource<TDocument> resource)
        {
            option.CompletionSources.Add(context => Names(context, resource));
            return option;
        }
    }

    private static IEnumerable<CompletionItem> Names<TDocument>(CompletionContext context, IResource<TDocument> resource)
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var session = new Session(context.ParseResult, new Terminal(TextWriter.Null, TextWriter.Null), TimeProvider.System, patience.Token);
        try
        {
            var names = resource.NamesAsync(session).GetAwaiter().GetResult();
            return [.. names.Where(name => name.StartsWith(context.WordToComplete, StringComparison.Ordinal)).Select(name => new CompletionItem(name))];
        }
        catch (Exception e) when (e is FairwayException or OperationCanceledException)
        {
            return [];
        }
    }
}
