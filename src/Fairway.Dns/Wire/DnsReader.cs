using System.Buffers.Binary;

namespace Fairway.Dns.Wire;

/// <summary>
/// Reads a message in order. Names may be compressed: a pointer must go back to before the label that holds it, so a name takes
/// at most as many steps as it has labels and pointers, both bounded.
/// </summary>
/// <remarks><code>
/// label    00LLLLLL, L bytes        end of name  00000000
/// pointer  11OOOOOO OOOOOOOO        offset from the start of the message
/// record   NAME TYPE:16 CLASS:16 TTL:32 LENGTH:16 DATA
/// </code></remarks>
internal ref struct DnsReader
{
    private const int MaxPointers = 64;
    private const int PointerMark = 0xc0;

    private readonly ReadOnlySpan<byte> _message;

    public DnsReader(ReadOnlySpan<byte> message, int position)
    {
        _message = message;
        Position = position;
    }

    public int Position { get; private set; }

    public Question ReadQuestion() => new(ReadName(), (RecordType)ReadWord(), (RecordClass)ReadWord());

    public DnsRecord ReadRecord()
    {
        bool isRoot = Position < _message.Length && _message[Position] == 0;
        SkipName();
        var type = (RecordType)ReadWord();
        ushort recordClass = ReadWord();
        int ttlOffset = Position;
        uint ttl = BinaryPrimitives.ReadUInt32BigEndian(Take(4));
        int length = ReadWord();
        int start = Position;
        Take(length);
        return new DnsRecord(type, recordClass, ttl, ttlOffset, isRoot, start..Position);
    }

    public DomainName ReadName()
    {
        Span<byte> name = stackalloc byte[DomainName.MaxSize];
        int used = 0, at = Position, end = -1, pointers = 0;
        while (true)
        {
            int length = ByteAt(at);
            if (length >= PointerMark)
            {
                int target = ((length & ~PointerMark) << 8) | ByteAt(at + 1);
                end = end < 0 ? at + 2 : end;
                if (target >= at || target < DnsHeader.Size || ++pointers > MaxPointers)
                    throw new DnsFormatException($"name at {Position} has a pointer from {at} to {target}");
                at = target;
                continue;
            }
            if (length > DomainName.MaxLabel || used + length + 1 > name.Length || at + 1 + length > _message.Length)
                throw new DnsFormatException($"name at {Position} has a label of {length} bytes at {at}");
            _message.Slice(at, length + 1).CopyTo(name[used..]);
            used += length + 1;
            at += length + 1;
            if (length > 0)
                continue;
            Position = end < 0 ? at : end;
            return DomainName.FromWire(name[..used]);
        }
    }

    private void SkipName()
    {
        for (int at = Position; ;)
        {
            int length = ByteAt(at);
            if (length is > DomainName.MaxLabel and < PointerMark)
                throw new DnsFormatException($"name at {Position} has a label of {length} bytes at {at}");
            at += length >= PointerMark ? 2 : length + 1;
            if (length is not 0 and < PointerMark)
                continue;
            Take(at - Position);
            return;
        }
    }

    private ushort ReadWord() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _message.Length - Position)
            throw new DnsFormatException($"{length} bytes are missing at {Position}; the message has {_message.Length}");
        ReadOnlySpan<byte> taken = _message.Slice(Position, length);
        Position += length;
        return taken;
    }

    private readonly int ByteAt(int offset)
        => offset < _message.Length ? _message[offset] : throw new DnsFormatException($"name at {Position} goes on beyond the message");
}
