using System.Globalization;
using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Explain;

namespace Fairway.Api.V1;

/// <summary><c>/v1/explain</c>.</summary>
internal sealed class ExplainRoutes(IHostNetworking host)
{
    private const string Source = "source";
    private const string Destination = "destination";
    private const string Protocol = "protocol";
    private const string Port = "port";
    private const string SourcePort = "source-port";
    private const string Version = "version";

    private static readonly string[] s_known = [Source, Destination, Protocol, Port, SourcePort, Version];

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/explain", context => JsonAnswer.WriteAsync(context, host.Explain(Read(context.Request.Query))))
            .Gives<Explanation>("What would become of the first packet of a connection, layer by layer; nothing is sent.", query:
            [
                (Source, "Who sends: an endpoint, host, or an address."),
                (Destination, "Whom it calls: an address, an endpoint or another name the network's resolver knows, a load balancer, or host."),
                (Protocol, "Tcp (when left out), Udp or Icmp: an echo request."),
                (Port, "The port it calls, 1 to 65535; not with Icmp."),
                (SourcePort, "The port it calls from, 0 to 65535; 50000 when left out."),
                (Version, "4 or 6, where both ends have addresses of both; 4 when left out."),
            ]);

    private static ExplainRequest Read(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(key => !s_known.Contains(key)) is { } strange)
            throw Refuse(strange, $"there is no parameter '{strange}'; known are {string.Join(", ", s_known)}");
        return new ExplainRequest
        {
            Source = Text(query, Source),
            Destination = Text(query, Destination),
            Protocol = ProtocolOf(query),
            Port = Number<ushort>(query, Port, "a port from 0 to 65535"),
            SourcePort = Number<ushort>(query, SourcePort, "a port from 0 to 65535"),
            Version = Number<int>(query, Version, "4 or 6"),
        };
    }

    private static string Text(IQueryCollection query, string name) =>
        query[name] is [{ Length: > 0 } text] ? text : throw Refuse(name, $"the query needs one {name}: /v1/explain?source=c1&destination=c2&port=80");

    private static ExplainProtocol ProtocolOf(IQueryCollection query) => query[Protocol] switch
    {
        [] => ExplainProtocol.Tcp,
        [var text] when Enum.GetNames<ExplainProtocol>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known => Enum.Parse<ExplainProtocol>(known),
        var other => throw Refuse(Protocol, $"'{other}' is no protocol to explain; use {string.Join(", ", Enum.GetNames<ExplainProtocol>())}"),
    };

    private static T? Number<T>(IQueryCollection query, string name, string form)
        where T : struct, System.Numerics.INumberBase<T> => query[name] switch
        {
            [] => null,
            [var text] when T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            var other => throw Refuse(name, $"'{other}' is not {form}"),
        };

    private static FairwayException Refuse(string name, string message) => new(ErrorKind.InvalidArgument, name, message) { Findings = [new Finding($"$.{name}", message)] };
}
