using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Monitor;
using Fairway.Cli.Output;
using Fairway.Cli.Resources;
using Fairway.Model.Errors;
using Fairway.Model.Json;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway monitor</c>.</summary>
internal sealed class MonitorCommand
{
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(500);

    private readonly Option<bool> _drops = new("--drops") { Description = "Only what was dropped" };

    private readonly Option<string[]> _endpoints = new Option<string[]>("--endpoint")
    {
        Description = "Only what this endpoint sends or is sent; may be repeated",
        HelpName = "ENDPOINT",
    }.Completing(EndpointResource.Instance);

    public static CliCommand Create() => new MonitorCommand().Command();

    private CliCommand Command() => new CliCommand("monitor", "Shows dropped packets, with the reason, and new connections as they happen; Ctrl-C ends it")
    {
        Examples = """
            fairway monitor
            fairway monitor --drops --endpoint c1
            fairway monitor --output json | jq .Reason
            """,
    }
    .With(_drops, _endpoints)
    .Does(RunAsync);

    private async Task RunAsync(Session session)
    {
        try
        {
            var filter = await FlowFilter.CreateAsync(session, session.Get(_drops), session.Get(_endpoints) ?? []);
            await ShowAsync(session, filter);
            while (true)
                await ResumeAsync(session, filter);
        }
        catch (OperationCanceledException) when (session.Cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how this command ends.
        }
    }

    private static async Task ShowAsync(Session session, FlowFilter filter)
    {
        await foreach (var flow in session.Client.WatchFlowsAsync(session.Cancellation))
        {
            if (!filter.Shows(flow))
                continue;
            session.Terminal.Out.WriteLine(session.Format == OutputFormat.Json ? FairwayJson.Serialize(flow) : FlowLine.Of(flow, session.Terminal.Colour));
            await session.Terminal.Out.FlushAsync(session.Cancellation);
        }
    }

    /// <summary>A daemon that is restarted comes back in a moment; whoever watches wants to go on watching.</summary>
    private static async Task ResumeAsync(Session session, FlowFilter filter)
    {
        await NoteAsync(session, "fairwayd went away; waiting for it to come back");
        while (!await IsBackAsync(session))
            await Task.Delay(s_retry, session.Time, session.Cancellation);
        await NoteAsync(session, "fairwayd is back");
        await ShowAsync(session, filter);
    }

    private static async Task<bool> IsBackAsync(Session session)
    {
        try
        {
            await session.Client.GetHealthAsync(session.Cancellation);
            return true;
        }
        catch (FairwayException e) when (e.Kind == ErrorKind.Unavailable)
        {
            return false;
        }
    }

    private static async Task NoteAsync(Session session, string note)
    {
        await session.Terminal.Error.WriteLineAsync($"fairway: {note}");
        await session.Terminal.Error.FlushAsync(session.Cancellation);
    }
}
