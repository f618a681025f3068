namespace Fairway.Switch.Tests.Wire;

internal static class Bytes
{
    /// <summary>As <see cref="Assert.Equal{T}(T, T)"/>, but tells the first difference in hexadecimal.</summary>
    public static void Equal(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        int same = expected.CommonPrefixLength(actual);
        if (same < expected.Length || same < actual.Length)
            Assert.Fail($"differs from byte {same} on ({expected.Length} and {actual.Length} bytes)\nexpected {Convert.ToHexStringLower(expected)}\nis       {Convert.ToHexStringLower(actual)}");
    }

    /// <summary>A copy with some bytes replaced.</summary>
    public static byte[] With(this byte[] bytes, int offset, params ReadOnlySpan<byte> replacement)
    {
        byte[] copy = [.. bytes];
        replacement.CopyTo(copy.AsSpan(offset));
        return copy;
    }
}
