using System.CommandLine;
using Fairway.Cli.Output;
using Fairway.Client;

namespace Fairway.Cli.CommandLine;

/// <summary>One run of a command: what was typed, where the text goes, and the daemon (connected to when first asked).</summary>
internal sealed class Session : IDisposable
{
    private readonly Lazy<FairwayClient> _client;

    public Session(ParseResult parse, Terminal terminal, TimeProvider time, CancellationToken cancellation)
    {
        Parse = parse;
        Terminal = terminal;
        Time = time;
        Cancellation = cancellation;
        Format = parse.GetValue(GlobalOptions.Output);
        Instance = parse.GetValue(GlobalOptions.Instance)!;
        SocketPath = GlobalOptions.SocketPath(parse);
        _client = new(() => new FairwayClient(new FairwayClientOptions { SocketPath = SocketPath, UserAgent = "fairway/" + Product.Version }));
    }

    public ParseResult Parse { get; }
    public Terminal Terminal { get; }
    public TimeProvider Time { get; }
    public CancellationToken Cancellation { get; }
    public OutputFormat Format { get; }
    public string Instance { get; }
    public string SocketPath { get; }
    public FairwayClient Client => _client.Value;

    public T Get<T>(Option<T> option) => Parse.GetValue(option)!;

    public T Get<T>(Argument<T> argument) => Parse.GetValue(argument)!;

    /// <summary>Writes results in the asked form.</summary>
    public void Write<T>(string kind, IReadOnlyList<T> items, Action<Terminal> table)
    {
        if (Format == OutputFormat.Json)
            Terminal.Out.WriteLine(JsonText.Indented(new Shape<T>(kind, items)));
        else
            table(Terminal);
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }
}
