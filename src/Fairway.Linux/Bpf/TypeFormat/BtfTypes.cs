using System.Buffers.Binary;
using System.Text;

namespace Fairway.Linux.Bpf;

/// <summary>
/// Types as the compiler described them in an object (BTF, https://docs.kernel.org/bpf/btf.html), as far as rows of maps need them: which field is where.
/// <code>| magic, version, flags, header length | type offset, length | string offset, length | types ... | strings ... |</code>
/// </summary>
internal sealed class BtfTypes
{
    private const ushort Magic = 0xEB9F;
    private const int HeaderLength = 24;
    private const int TypeLength = 12;
    private const int Int = 1, Pointer = 2, Array = 3, Struct = 4, Union = 5, Enum = 6, Typedef = 8, Volatile = 9, Const = 10, Restrict = 11, FunctionPrototype = 13,
        Variable = 14, DataSection = 15, DeclarationTag = 17, TypeTag = 18, Enum64 = 19;

    private readonly byte[] _data;
    private readonly int _strings;
    private readonly List<int> _offsets = [0];

    public BtfTypes(byte[] data)
    {
        _data = data;
        if (data.Length < HeaderLength || BinaryPrimitives.ReadUInt16LittleEndian(data) != Magic)
            throw new InvalidDataException("the description of types does not begin as one");
        int header = Word(4), types = header + Word(8), end = types + Word(12);
        _strings = header + Word(16);
        for (int at = types; at < end; at += TypeLength + Extra(at))
            _offsets.Add(at);
    }

    /// <summary>The fields of a type, those of structs inside it each by itself.</summary>
    public IReadOnlyList<BtfField> Fields(uint type)
    {
        var fields = new List<BtfField>();
        Walk(type, "", 0, fields);
        return fields;
    }

    private void Walk(uint type, string path, int offset, List<BtfField> fields)
    {
        int at = Resolve(type);
        if (Kind(at) is not (Struct or Union))
        {
            fields.Add(new BtfField(path, offset, Size(type)));
            return;
        }
        for (int i = 0; i < Count(at); i++)
        {
            int member = at + TypeLength + (12 * i);
            string name = Text(Word(member));
            // Bits 0 to 23 of the offset, in bits; a bit field has its width in the others.
            Walk((uint)Word(member + 4), path.Length == 0 ? name : $"{path}.{name}", offset + ((Word(member + 8) & 0xFFFFFF) / 8), fields);
        }
    }

    private int Size(uint type)
    {
        int at = Resolve(type);
        return Kind(at) switch
        {
            Array => Size((uint)Word(at + TypeLength)) * Word(at + TypeLength + 8),
            Pointer => 8,
            _ => Word(at + 8),
        };
    }

    /// <summary>Past typedefs and qualifiers.</summary>
    private int Resolve(uint type)
    {
        int at = _offsets[(int)type];
        while (Kind(at) is Typedef or Volatile or Const or Restrict or TypeTag)
            at = _offsets[Word(at + 8)];
        return at;
    }

    /// <summary>Bytes behind the type's own 12.</summary>
    private int Extra(int at) => Kind(at) switch
    {
        Int or Variable or DeclarationTag => 4,
        Array => 12,
        Struct or Union or DataSection or Enum64 => 12 * Count(at),
        Enum or FunctionPrototype => 8 * Count(at),
        _ => 0,
    };

    private int Kind(int at) => (Word(at + 4) >> 24) & 0x1F;

    private int Count(int at) => Word(at + 4) & 0xFFFF;

    private int Word(int at) => BinaryPrimitives.ReadInt32LittleEndian(_data.AsSpan(at));

    private string Text(int offset)
    {
        ReadOnlySpan<byte> rest = _data.AsSpan(_strings + offset);
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)0)]);
    }
}
