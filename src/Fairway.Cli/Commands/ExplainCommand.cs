using System.CommandLine;
using System.Globalization;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Explain;
using Fairway.Cli.Parsing;
using Fairway.Cli.Resources;
using Fairway.Model.Explain;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway explain</c>: what the switch would do with a packet, without sending it.</summary>
internal static class ExplainCommand
{
    private const string Kind = "Explanation";

    public static CliCommand Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "Who calls: an endpoint, host, or an address outside" }.Completing(EndpointResource.Instance);
        var destination = new Argument<ExplainTarget>("DEST")
        {
            Description = $"Whom: {ExplainTarget.Syntax} or DEST/icmp, where DEST is an address, an endpoint or another name its network knows, a load balancer, or host",
            CustomParser = result => ExplainTarget.TryParse(result.Tokens[0].Value, out var target, out var error) ? target : result.Refuse<ExplainTarget>(error),
        };
        var sourcePort = new Option<ushort?>("--source-port")
        {
            Description = $"The port it calls from, which few rules ask about (default {ExplainRequest.UsualSourcePort})",
            HelpName = "PORT",
            CustomParser = result => ushort.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? port
                : result.Refuse<ushort?>($"'{result.Tokens[0].Value}' is no port; write a number from 0 to 65535"),
        };
        var version6 = new Option<bool>("--ipv6", "-6") { Description = "Over IPv6, where both have IPv4 as well" };
        return new CliCommand("explain", "Says what would become of a connection's first packet: the verdict, the rule that decided, its way. Nothing is sent")
        {
            Examples = """
                fairway explain c1 c2:80
                fairway explain c1 9.9.9.9:53/udp
                fairway explain host 127.0.0.1:8080
                fairway explain 192.0.2.7 192.0.2.1:8080
                fairway explain c1 [fd00::2]:443 --output json
                fairway explain c1 c2/icmp
                """,
        }
        .With(source, destination)
        .With(sourcePort, version6)
        .Does(async session =>
        {
            var target = session.Get(destination);
            var explanation = await session.Client.ExplainAsync(new ExplainRequest
            {
                Source = session.Get(source),
                Destination = target.Destination,
                Protocol = target.Protocol,
                Port = target.Port,
                SourcePort = session.Get(sourcePort),
                Version = session.Get(version6) ? 6 : null,
            }, session.Cancellation);
            var document = ExplanationReader.Of(explanation);
            session.Write(Kind, [document], terminal => ExplanationText.Write(terminal, document));
            return explanation.Verdict is ExplainVerdict.Dropped or ExplainVerdict.Varies ? ExitCode.Denied : ExitCode.Success;
        });
    }
}
