using System.Net;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Answering;

/// <summary>What is to become of a query.</summary>
internal sealed record Verdict(VerdictKind Kind)
{
    public static Verdict Forward { get; } = new(VerdictKind.Forward);

    /// <summary>Of an Addresses verdict: all of the asked family, at least one.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; private init; } = [];

    /// <summary>Of a Pointer verdict.</summary>
    public DomainName? Name { get; private init; }

    /// <summary>NoError on a Negative verdict means that the name exists, with other records.</summary>
    public ResponseCode Code { get; private init; }

    /// <summary>Of a Negative verdict: the zone that says so, the asked name or above it.</summary>
    public DomainName Zone { get; private init; } = DomainName.Root;

    public ExtendedError? Error { get; private init; }

    public static Verdict Of(IReadOnlyList<IPAddress> addresses) => new(VerdictKind.Addresses) { Addresses = addresses };

    public static Verdict Of(DomainName name) => new(VerdictKind.Pointer) { Name = name };

    public static Verdict NoData(DomainName zone) => new(VerdictKind.Negative) { Zone = zone };

    public static Verdict NoName(DomainName zone, ExtendedError? error = null)
        => new(VerdictKind.Negative) { Zone = zone, Code = ResponseCode.NameError, Error = error };

    public static Verdict Fail(ResponseCode code, ExtendedError? error = null) => new(VerdictKind.Error) { Code = code, Error = error };
}
