using System.Diagnostics.CodeAnalysis;

namespace Fairway.Dataplane.Marks;

/// <summary>
/// What the alternative name of a link says: <c>INSTANCE-KIND-ID</c>, the id as 32 hexadecimal digits. It is how a daemon knows its own links
/// again, and those of other instances.
/// </summary>
internal sealed record LinkMark(string Instance, LinkKind Kind, Guid Id)
{
    private const int IdLength = 32;

    public override string ToString() => $"{Instance}-{WordOf(Kind)}-{Id:N}";

    public static bool TryParse(string name, [NotNullWhen(true)] out LinkMark? mark)
    {
        mark = null;
        int last = name.LastIndexOf('-');
        int first = name.IndexOf('-');
        if (first <= 0 || last == first || name.Length - last - 1 != IdLength || !Guid.TryParseExact(name.AsSpan(last + 1), "N", out Guid id))
            return false;
        LinkKind? kind = name.AsSpan(first + 1, last - first - 1) switch
        {
            "endpoint" => LinkKind.Endpoint,
            "network" => LinkKind.Network,
            "resolver" => LinkKind.Resolver,
            "tunnel" => LinkKind.Tunnel,
            _ => null,
        };
        if (kind is null)
            return false;
        mark = new LinkMark(name[..first], kind.Value, id);
        return true;
    }

    private static string WordOf(LinkKind kind) => kind switch
    {
        LinkKind.Endpoint => "endpoint",
        LinkKind.Network => "network",
        LinkKind.Tunnel => "tunnel",
        _ => "resolver",
    };
}
