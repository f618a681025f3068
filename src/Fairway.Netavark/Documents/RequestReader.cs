using System.Text.Json;
using Fairway.Model.Errors;

namespace Fairway.Netavark.Documents;

/// <summary>Reads a request from a stream that ends.</summary>
internal static class RequestReader
{
    /// <summary>A container with every port of both protocols published one by one fits.</summary>
    private const int MaximumLength = 32 << 20;

    /// <summary>Reads all there is.</summary>
    /// <exception cref="FairwayException">InvalidArgument: it has no end in sight.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream input)
    {
        var buffer = new MemoryStream();
        var block = new byte[64 << 10];
        int length;
        while ((length = await input.ReadAsync(block).ConfigureAwait(false)) > 0)
        {
            buffer.Write(block, 0, length);
            if (buffer.Length > MaximumLength)
                throw new FairwayException(ErrorKind.InvalidArgument, "request", $"read request: it is longer than {MaximumLength >> 20} MiB; this is no request of Podman's");
        }
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <summary>Whether a document has a member at its top. What is no document has none.</summary>
    public static bool Has(ReadOnlySpan<byte> json, ReadOnlySpan<byte> member)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(member))
                    return true;
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Not JSON, or with half a surrogate in a name. Whoever reads the document says what is wrong with it.
        }
        return false;
    }
}
