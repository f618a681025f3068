using System.Collections.Immutable;
using System.Net;
using Fairway.Dns.Answering;
using Fairway.Dns.Forwarding;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Serving;

/// <summary>From a message that came on a network to its reply, whatever brought it.</summary>
internal sealed class QueryPipeline(uint network, SharedParts shared)
{
    private long _queries;
    private uint _turn;

    /// <summary>Number of the network.</summary>
    public uint Network => network;

    public long Queries => Interlocked.Read(ref _queries);

    /// <summary>Replies at once where nobody needs to be asked.</summary>
    /// <param name="message">What came.</param>
    /// <param name="client">From whom.</param>
    /// <param name="byTcp">Whether by TCP.</param>
    /// <param name="reply">Room for the reply: 1,232 bytes by UDP, 65,535 by TCP.</param>
    public Opening Open(ReadOnlySpan<byte> message, IPAddress client, bool byTcp, Span<byte> reply)
    {
        Interlocked.Increment(ref _queries);
        // A response is never answered: two resolvers could keep each other busy for ever.
        if (!DnsHeader.TryRead(message, out DnsHeader header) || header.Has(HeaderFlags.Response))
            return Malformed(0);
        if (header.Opcode != 0)
            return Malformed(Reply.WriteHeader(header, ResponseCode.NotImplemented, reply));
        Query query;
        try
        {
            query = Query.Parse(message);
        }
        catch (DnsFormatException)
        {
            return Malformed(Reply.WriteHeader(header, ResponseCode.FormatError, reply));
        }
        return Answer(message, query, client, byTcp, reply);
    }

    /// <summary>Asks the outside.</summary>
    /// <param name="query">What <see cref="Open"/> left to forward.</param>
    /// <param name="client">From whom it came.</param>
    /// <param name="cancellation">Ends the wait; then there is no reply.</param>
    /// <returns>The reply.</returns>
    public async Task<byte[]> CompleteAsync(ForwardedQuery query, IPAddress client, CancellationToken cancellation)
    {
        if (!shared.Queries.TryEnter(new Client(network, client)))
        {
            Counters.Add(ref shared.Counters.Overloads);
            return Failure(query, $"too many queries of {client} are open");
        }
        try
        {
            ForwardedAnswer answer = await shared.Forwarders.For(query.Servers).AskAsync(query, cancellation).ConfigureAwait(false);
            return answer.Message is { } message ? Relayed(query, message) : Failure(query, answer.Failure!);
        }
        finally
        {
            shared.Queries.Leave(new Client(network, client));
        }
    }

    private Opening Answer(ReadOnlySpan<byte> message, Query query, IPAddress client, bool byTcp, Span<byte> reply)
    {
        ResolverNetwork[] networks = shared.Directory.NetworksOf(network, client);
        if (networks.Length == 0)
            return Opening.Silence;
        Verdict verdict = Judge.Decide(query, networks, Interlocked.Increment(ref _turn));
        if (verdict.Kind == VerdictKind.Forward)
            return new Opening(0, new ForwardedQuery(message.ToArray(), query, byTcp) { Servers = ServersOf(networks, client) });
        Counters.Add(ref shared.Counters.AnsweredHere);
        Span<byte> room = byTcp ? reply : reply[..query.PayloadSize];
        return Opening.Reply(Reply.Write(verdict, message, query, networks.Any(known => known.Forwards), room));
    }

    /// <summary>Whom to ask for a client: its own servers, else those of a network of its that has a way out and servers, else the host's.</summary>
    private static ImmutableArray<IPAddress> ServersOf(ResolverNetwork[] networks, IPAddress client) =>
        networks[0].Find(client) is { Servers: { IsEmpty: false } own } ? own
        : networks.FirstOrDefault(known => known.Forwards && !known.Servers.IsEmpty)?.Servers ?? [];

    private static byte[] Relayed(ForwardedQuery query, byte[] answer)
    {
        int most = query.ByTcp ? ushort.MaxValue : query.Query.PayloadSize;
        byte[] reply = new byte[Math.Min(most, Math.Max(answer.Length, Query.ClassicPayloadSize))];
        int length = Relay.Write(answer, query.Message, query.Query, reply);
        return length == reply.Length ? reply : reply[..length];
    }

    private static byte[] Failure(ForwardedQuery query, string cause)
    {
        byte[] reply = new byte[Query.ClassicPayloadSize];
        return reply[..Reply.WriteFailure(cause, query.Message, query.Query, reply)];
    }

    private Opening Malformed(int length)
    {
        Counters.Add(ref shared.Counters.Malformed);
        return Opening.Reply(length);
    }
}
