using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Parsing;
using Fairway.Model.Endpoints;

namespace Fairway.Cli.Commands;

/// <summary>The options of <c>endpoint create</c> that say how fast it may be.</summary>
internal sealed class LimitOptions
{
    private readonly Option<long?> _incoming = Rate("--limit-in", "How fast it may receive, like 10mbit (default: no limit)");
    private readonly Option<long?> _outgoing = Rate("--limit-out", "How fast it may send (default: no limit)");

    public Option[] All => [_incoming, _outgoing];

    public BandwidthLimits? Read(Session session) => (session.Get(_incoming), session.Get(_outgoing)) switch
    {
        (null, null) => null,
        var (incoming, outgoing) => new BandwidthLimits { IncomingRate = incoming, OutgoingRate = outgoing },
    };

    private static Option<long?> Rate(string name, string description) => new(name)
    {
        Description = description,
        HelpName = BitRate.Syntax,
        CustomParser = result => BitRate.TryParse(result.Tokens[0].Value, out var rate, out var error) ? rate : result.Refuse<long?>(error),
    };
}
