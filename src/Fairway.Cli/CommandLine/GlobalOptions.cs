using System.CommandLine;
using Fairway.Cli.Output;
using Fairway.Client;

namespace Fairway.Cli.CommandLine;

/// <summary>The options every command has.</summary>
internal static class GlobalOptions
{
    /// <summary>The environment variable that stands in for <c>--socket</c>.</summary>
    public const string SocketVariable = "FAIRWAY_SOCKET";

    public static readonly Option<OutputFormat> Output = new("--output", "-o")
    {
        Description = "How results are written: table for people, json for programs",
        HelpName = "table|json",
        Recursive = true,
        CustomParser = result => result.Tokens[0].Value.ToLowerInvariant() switch
        {
            "table" => OutputFormat.Table,
            "json" => OutputFormat.Json,
            var other => result.Refuse<OutputFormat>($"'{other}' is no output format; write --output table or --output json"),
        },
    };

    public static readonly Option<string?> Socket = new("--socket")
    {
        Description = $"Socket of the daemon (default: ${SocketVariable}, or that of the instance)",
        HelpName = "PATH",
        Recursive = true,
    };

    public static readonly Option<string> Instance = new("--instance")
    {
        Description = "Instance of the daemon, as in fairwayd --instance",
        HelpName = "NAME",
        Recursive = true,
        DefaultValueFactory = _ => FairwayClientOptions.DefaultInstance,
    };

    static GlobalOptions()
    {
        // The library offers the names of the enum's members.
        Output.CompletionSources.Clear();
        Output.CompletionSources.Add("table", "json");
    }

    /// <summary>--socket, else the variable unless an instance was named, else the instance's own.</summary>
    public static string SocketPath(ParseResult parse)
    {
        if (parse.GetValue(Socket) is { Length: > 0 } socket)
            return socket;
        var instance = parse.GetValue(Instance)!;
        var named = parse.GetResult(Instance) is { Implicit: false };
        return !named && Environment.GetEnvironmentVariable(SocketVariable) is { Length: > 0 } variable ? variable : FairwayClientOptions.SocketPathOf(instance);
    }
}
