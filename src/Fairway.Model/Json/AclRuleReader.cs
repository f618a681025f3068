using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Fairway.Model.Policies;

namespace Fairway.Model.Json;

/// <summary>
/// Reads a request of access rules in the form programs write: exact names, no member twice, nothing unknown. Whatever else there is in it,
/// right or wrong, it leaves to <see cref="FairwayJson"/>, which has the last word and the messages. 100,000 rules are read in a fifth of its time.
/// </summary>
public ref struct AclRuleReader
{
    private Utf8JsonReader _reader;
    private ImmutableArray<byte> _lastProtocols = [];

    private AclRuleReader(ReadOnlySpan<byte> json) => _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = FairwayJson.MaximumDepth });

    /// <summary>Reads what a client sent.</summary>
    /// <exception cref="Errors.FairwayException">InvalidArgument, HCN_E_INVALID_JSON, with the path of the offending member.</exception>
    public static AclRule[] Read(ReadOnlySpan<byte> json) => TryRead(json, out var rules) ? rules : FairwayJson.ReadRequest<AclRule[]>(json);

    /// <summary>Reads a request in the usual form; false for every other.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out AclRule[]? rules)
    {
        rules = null;
        try
        {
            var found = new List<AclRule>();
            var reader = new AclRuleReader(json);
            if (!reader.Begins(JsonTokenType.StartArray)) return false;
            while (reader.Next(JsonTokenType.EndArray))
            {
                if (reader.Rule() is not { } rule) return false;
                found.Add(rule);
            }
            if (reader._reader.Read()) return false;
            rules = [.. found];
            return true;
        }
        // The second is what the reader says of a string that is no text.
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private AclRule? Rule()
    {
        if (_reader.TokenType != JsonTokenType.StartObject) return null;
        var given = new AclRuleFields();
        while (Next(JsonTokenType.EndObject))
        {
            if (_reader.ValueIsEscaped || AclRuleFields.MemberOf(_reader.ValueSpan) is not { } member || !given.Mark(member)) return null;
            if (!_reader.Read() || !Member(member, ref given)) return null;
        }
        return given.Rule();
    }

    private bool Member(AclRuleMember member, ref AclRuleFields given) => member switch
    {
        AclRuleMember.Number => Number(uint.MaxValue, out given.Number),
        AclRuleMember.Kind => Kind(out given.Kind),
        AclRuleMember.Id => Text(out given.Id),
        AclRuleMember.Tier => Text(out given.Tier),
        AclRuleMember.Order => Number(ushort.MaxValue, out given.Order),
        AclRuleMember.Direction => Direction(out given.Direction),
        AclRuleMember.Action => Action(out given.Action),
        AclRuleMember.Priority => Number(ushort.MaxValue, out given.Priority),
        AclRuleMember.Protocols => Protocols(out given.Protocols),
        AclRuleMember.Local => Match(out given.Local),
        AclRuleMember.Remote => Match(out given.Remote),
        AclRuleMember.LocalPorts => Ports(out given.LocalPorts),
        AclRuleMember.RemotePorts => Ports(out given.RemotePorts),
        // Few have any.
        AclRuleMember.IcmpMessages => _reader.TokenType == JsonTokenType.StartArray && !Next(JsonTokenType.EndArray),
        _ => Text(out given.Document),
    };

    private bool Text(out string? text)
    {
        text = _reader.TokenType == JsonTokenType.String ? _reader.GetString() : null;
        return text is not null || _reader.TokenType == JsonTokenType.Null;
    }

    private readonly bool Number(uint most, out uint number)
    {
        number = 0;
        return _reader.TokenType == JsonTokenType.Number && _reader.TryGetUInt32(out number) && number <= most;
    }

    private readonly bool Is(ReadOnlySpan<byte> name) => _reader.TokenType == JsonTokenType.String && _reader.ValueTextEquals(name);

    private readonly bool Kind(out PolicyKind kind)
    {
        kind = Is("Acl"u8) ? PolicyKind.Acl : Is("TierAcl"u8) ? PolicyKind.TierAcl : PolicyKind.NetworkAcl;
        return kind != PolicyKind.NetworkAcl || Is("NetworkAcl"u8);
    }

    private readonly bool Direction(out PolicyDirection direction)
    {
        direction = Is("In"u8) ? PolicyDirection.In : PolicyDirection.Out;
        return direction == PolicyDirection.In || Is("Out"u8);
    }

    private readonly bool Action(out PolicyAction action)
    {
        action = Is("Allow"u8) ? PolicyAction.Allow : Is("Block"u8) ? PolicyAction.Block : PolicyAction.Pass;
        return action != PolicyAction.Pass || Is("Pass"u8);
    }

    private bool Protocols(out ImmutableArray<byte> protocols)
    {
        protocols = [];
        if (_reader.TokenType != JsonTokenType.StartArray) return false;
        Span<byte> numbers = stackalloc byte[16];
        var count = 0;
        while (Next(JsonTokenType.EndArray))
        {
            if (count == numbers.Length || !Number(byte.MaxValue, out var number)) return false;
            numbers[count++] = (byte)number;
        }
        // Most rules of a request ask for the same.
        if (!_lastProtocols.AsSpan().SequenceEqual(numbers[..count])) _lastProtocols = [.. numbers[..count]];
        protocols = _lastProtocols;
        return true;
    }

    private bool Match(out AddressMatch match)
    {
        match = AddressMatch.Any;
        if (_reader.TokenType != JsonTokenType.StartObject) return false;
        ImmutableArray<System.Net.IPNetwork>? prefixes = null;
        ImmutableArray<string>? sets = null;
        while (Next(JsonTokenType.EndObject))
        {
            var isPrefixes = _reader.ValueTextEquals("Prefixes"u8);
            if (!isPrefixes && !_reader.ValueTextEquals("Sets"u8) || (isPrefixes ? prefixes is not null : sets is not null)) return false;
            if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartArray) return false;
            if (isPrefixes ? (prefixes = Prefixes()) is null : (sets = Sets()) is null) return false;
        }
        if (prefixes is { IsEmpty: false } || sets is { IsEmpty: false })
            match = new AddressMatch { Prefixes = prefixes ?? [], Sets = sets ?? [] };
        return true;
    }

    private ImmutableArray<System.Net.IPNetwork>? Prefixes()
    {
        ImmutableArray<System.Net.IPNetwork> prefixes = [];
        while (Next(JsonTokenType.EndArray))
        {
            if (_reader.TokenType != JsonTokenType.String || _reader.ValueIsEscaped || !PrefixBytes.TryParse(_reader.ValueSpan, out var prefix)) return null;
            prefixes = Append(prefixes, prefix);
        }
        return prefixes;
    }

    private ImmutableArray<string>? Sets()
    {
        var sets = new List<string>();
        while (Next(JsonTokenType.EndArray))
        {
            if (_reader.TokenType != JsonTokenType.String) return null;
            sets.Add(_reader.GetString()!);
        }
        return [.. sets];
    }

    private bool Ports(out ImmutableArray<PortInterval> ports)
    {
        ports = [];
        if (_reader.TokenType != JsonTokenType.StartArray) return false;
        while (Next(JsonTokenType.EndArray))
        {
            if (_reader.TokenType != JsonTokenType.StartObject || Interval() is not { } interval) return false;
            ports = Append(ports, interval);
        }
        return true;
    }

    private PortInterval? Interval()
    {
        uint? first = null, last = null;
        while (Next(JsonTokenType.EndObject))
        {
            var isFirst = _reader.ValueTextEquals("First"u8);
            if (!isFirst && !_reader.ValueTextEquals("Last"u8) || (isFirst ? first : last) is not null) return null;
            if (!_reader.Read() || !Number(ushort.MaxValue, out var port)) return null;
            if (isFirst) first = port;
            else last = port;
        }
        return first is { } from && last is { } to ? new PortInterval((ushort)from, (ushort)to) : null;
    }

    // One is the usual number: no list is made for it. Many would be copied each time, and take the other way.
    private static ImmutableArray<T> Append<T>(ImmutableArray<T> items, T item) => items.Length switch
    {
        0 => ImmutableCollectionsMarshal.AsImmutableArray<T>([item]),
        < 64 => items.Add(item),
        _ => throw new FormatException("more than this reader is for"),
    };

    private bool Begins(JsonTokenType token) => _reader.Read() && _reader.TokenType == token;

    /// <summary>Goes on; false at the end of the container.</summary>
    private bool Next(JsonTokenType end) => _reader.Read() ? _reader.TokenType != end : throw new JsonException("the document ends early");
}
