using System.Globalization;
using System.Text;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>Names a link by its index, or by its name or alternative name. Both convert implicitly.</summary>
public readonly record struct LinkRef
{
    /// <summary>The link with an index.</summary>
    /// <param name="index">Interface index, at least 1.</param>
    public LinkRef(int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        Index = index;
    }

    /// <summary>The link with a name, or with an alternative name.</summary>
    /// <param name="name">A name of 1 to 15 bytes, or an alternative name of up to 127.</param>
    public LinkRef(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Encoding.UTF8.GetByteCount(name) >= linux_if.ALTIFNAMSIZ)
            throw new ArgumentException($"link name '{name}' is longer than {linux_if.ALTIFNAMSIZ - 1} bytes", nameof(name));
        Name = name;
    }

    /// <summary>The index, or 0 if the link is named by name.</summary>
    public int Index { get; }

    /// <summary>The name, or null if the link is named by index.</summary>
    public string? Name { get; }

    /// <summary>The link with an index.</summary>
    /// <param name="index">Interface index, at least 1.</param>
    public static implicit operator LinkRef(int index) => new(index);

    /// <summary>The link with a name, or with an alternative name.</summary>
    /// <param name="name">A name of 1 to 15 bytes, or an alternative name of up to 127.</param>
    public static implicit operator LinkRef(string name) => new(name);

    /// <summary>The link with an index.</summary>
    /// <param name="index">Interface index, at least 1.</param>
    /// <returns>The reference.</returns>
    public static LinkRef FromInt32(int index) => new(index);

    /// <summary>The link with a name, or with an alternative name.</summary>
    /// <param name="name">A name of 1 to 15 bytes, or an alternative name of up to 127.</param>
    /// <returns>The reference.</returns>
    public static LinkRef FromString(string name) => new(name);

    /// <inheritdoc/>
    public override string ToString() => Name ?? Index.ToString(CultureInfo.InvariantCulture);

    internal void WriteName(ref NetlinkWriter writer)
    {
        if (Name is null)
            return;
        bool alternative = Encoding.UTF8.GetByteCount(Name) >= linux_if.IFNAMSIZ;
        writer.WriteString(alternative ? (ushort)linux_if_link.IFLA_ALT_IFNAME : (ushort)linux_if_link.IFLA_IFNAME, Name);
    }
}
