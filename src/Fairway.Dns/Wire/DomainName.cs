using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Fairway.Dns.Wire;

/// <summary>A name in wire form: labels with their length in front, a zero at the end, ASCII letters in lower case.</summary>
internal sealed class DomainName : IEquatable<DomainName>
{
    public const int MaxSize = 255;
    public const int MaxLabel = 63;

    private readonly byte[] _labels;
    private readonly int _hash;

    private DomainName(byte[] labels)
    {
        _labels = labels;
        HashCode hash = default;
        hash.AddBytes(labels);
        _hash = hash.ToHashCode();
    }

    public static DomainName Root { get; } = new([0]);

    /// <summary>The wire form, the final zero included: 1 to 255 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _labels;

    public bool IsRoot => _labels.Length == 1;

    public bool HasOneLabel => !IsRoot && _labels[0] + 2 == _labels.Length;

    /// <summary>Takes a well-formed uncompressed name of any case.</summary>
    public static DomainName FromWire(ReadOnlySpan<byte> labels)
    {
        byte[] folded = labels.ToArray();
        for (int i = 0; i < folded.Length; i++)
        {
            // A length is at most 63, below every letter, so it folds to itself.
            if (folded[i] is >= (byte)'A' and <= (byte)'Z')
                folded[i] |= 0x20;
        }
        return new DomainName(folded);
    }

    /// <summary>Takes dotted text, with or without the final dot; no escapes. What is no name of at most 255 bytes is refused.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DomainName? name)
    {
        name = null;
        string trimmed = text.EndsWith('.') ? text[..^1] : text;
        byte[] characters = Encoding.UTF8.GetBytes(trimmed);
        if (characters.Length is 0 or > MaxSize - 2)
            return false;
        byte[] labels = new byte[characters.Length + 2];
        characters.CopyTo(labels, 1);
        int start = 0;
        for (int i = 1; i < labels.Length; i++)
        {
            if (i < labels.Length - 1 && labels[i] != '.')
                continue;
            int length = i - start - 1;
            if (length is 0 or > MaxLabel)
                return false;
            labels[start] = (byte)length;
            start = i;
        }
        labels[^1] = 0;
        name = FromWire(labels);
        return true;
    }

    /// <summary>Whether the name is the zone or below it; gives the offset of the zone within <see cref="Bytes"/>.</summary>
    public bool IsWithin(DomainName zone, out int offset)
    {
        for (offset = 0; _labels.Length - offset >= zone._labels.Length; offset += _labels[offset] + 1)
        {
            if (_labels.Length - offset == zone._labels.Length)
                return _labels.AsSpan(offset).SequenceEqual(zone._labels);
        }
        return false;
    }

    public bool Equals(DomainName? other) => other is not null && _hash == other._hash && _labels.AsSpan().SequenceEqual(other._labels);

    public override bool Equals(object? obj) => Equals(obj as DomainName);

    public override int GetHashCode() => _hash;

    /// <summary>Dotted text; bytes outside printable ASCII, dots and backslashes escaped as in master files.</summary>
    public override string ToString()
    {
        if (IsRoot)
            return ".";
        var text = new StringBuilder();
        for (int start = 0; _labels[start] != 0; start += _labels[start] + 1)
        {
            if (start > 0)
                text.Append('.');
            foreach (byte value in _labels.AsSpan(start + 1, _labels[start]))
                Append(text, value);
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, byte value)
    {
        if (value is (byte)'.' or (byte)'\\')
            text.Append('\\').Append((char)value);
        else if (value is > 0x20 and < 0x7f)
            text.Append((char)value);
        else
            text.Append('\\').Append(value.ToString("D3"));
    }
}
