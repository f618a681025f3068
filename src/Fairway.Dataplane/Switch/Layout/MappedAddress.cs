using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Fairway.Model.Addressing;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>An address as the switch writes it: 16 bytes, IPv4 as <c>::ffff:a.b.c.d</c>. All zero stands for no address.</summary>
[CStruct("fw_address")]
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MappedAddress
{
    // Four words in network byte order; the C side's alignment is that of a word.
    private readonly uint _word0;
    private readonly uint _word1;
    private readonly uint _word2;
    private readonly uint _word3;

    public MappedAddress(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            bytes[10] = bytes[11] = 0xFF;
            address.TryWriteBytes(bytes[12..], out _);
        }
        else
        {
            address.TryWriteBytes(bytes, out _);
        }
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(bytes);
        (_word0, _word1, _word2, _word3) = (words[0], words[1], words[2], words[3]);
    }

    /// <summary>How a MAC stands among the addresses of a segment: <c>ffff:ffff:ffff:ffff::MAC</c>, which is no address of a host.</summary>
    public MappedAddress(MacAddress mac)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        bytes[..8].Fill(0xFF);
        mac.CopyTo(bytes[10..]);
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(bytes);
        (_word0, _word1, _word2, _word3) = (words[0], words[1], words[2], words[3]);
    }

    public static MappedAddress None => default;

    /// <summary>The address in its own family.</summary>
    public IPAddress ToAddress()
    {
        Span<uint> words = [_word0, _word1, _word2, _word3];
        Span<byte> bytes = MemoryMarshal.AsBytes(words);
        return bytes[..12].SequenceEqual(MappedPrefix) ? new IPAddress(bytes[12..]) : new IPAddress(bytes);
    }

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
}
