namespace Fairway.Linux.Bpf;

/// <summary>A field of a row of a map, by the names its C text gave it.</summary>
/// <param name="Path">Names from the outside in, as <c>source.word</c>; empty for a row that is no struct.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Size">Bytes; of all elements when it is an array.</param>
public readonly record struct BtfField(string Path, int Offset, int Size);
