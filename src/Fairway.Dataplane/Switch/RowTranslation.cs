using Fairway.Linux.Bpf;

namespace Fairway.Dataplane.Switch;

/// <summary>Turns rows of one layout into rows of another: fields of the same name are taken over, as many bytes as both have; others are zero.</summary>
internal sealed class RowTranslation
{
    private readonly List<(int From, int To, int Size)> _copies = [];
    private readonly int _length;

    public RowTranslation(IReadOnlyList<BtfField> from, IReadOnlyList<BtfField> to, int length)
    {
        _length = length;
        var known = new Dictionary<string, BtfField>();
        foreach (BtfField field in from)
            known.TryAdd(field.Path, field);
        foreach (BtfField field in to)
        {
            if (known.TryGetValue(field.Path, out BtfField source))
                _copies.Add((source.Offset, field.Offset, Math.Min(source.Size, field.Size)));
        }
    }

    public byte[] Translate(ReadOnlySpan<byte> row)
    {
        byte[] result = new byte[_length];
        foreach ((int from, int to, int size) in _copies)
            row.Slice(from, size).CopyTo(result.AsSpan(to));
        return result;
    }
}
