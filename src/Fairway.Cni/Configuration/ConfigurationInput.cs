using System.Text.Json;
using Fairway.Cni.Protocol;

namespace Fairway.Cni.Configuration;

/// <summary>The document on standard input, before anything in it is judged but its version.</summary>
internal static class ConfigurationInput
{
    /// <summary>Room for ten thousand port mappings and a result of a chain of plugins.</summary>
    private const int MaximumBytes = 4 << 20;

    private static readonly JsonDocumentOptions s_options = new() { AllowDuplicateProperties = false };

    /// <summary>Reads the document.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="mayBeEmpty">Whether nothing stands for an empty object.</param>
    /// <exception cref="CniException">InputFailure or Undecodable.</exception>
    public static JsonDocument Read(Stream input, bool mayBeEmpty)
    {
        var bytes = ReadToEnd(input);
        if (bytes.Length == 0)
            return mayBeEmpty ? JsonDocument.Parse("{}") : throw Undecodable("standard input is empty; the network configuration is read from there");
        try
        {
            var document = JsonDocument.Parse(bytes, s_options);
            if (!IsText(document.RootElement))
            {
                document.Dispose();
                throw NotText();
            }
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw Undecodable("the network configuration is not a JSON object");
        }
        catch (InvalidOperationException)
        {
            // Names are compared while it is parsed.
            throw NotText();
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $" at line {line + 1}, byte {e.BytePositionInLine + 1}" : "";
            throw new CniException(CniErrorCode.Undecodable, $"the network configuration is not JSON, or has a member twice{place}; correct it", e);
        }
    }

    /// <summary>The version the request is made in, and its answer must be.</summary>
    /// <exception cref="CniException">IncompatibleVersion.</exception>
    public static CniVersion VersionOf(JsonDocument document, CniCommand command)
    {
        var asked = document.RootElement.TryGetProperty("cniVersion", out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        if (CniVersion.Find(asked) is not { } version)
        {
            return command == CniCommand.Version
                ? CniVersion.Latest
                : throw Incompatible(asked is null ? "cniVersion is missing, or no string" : $"cniVersion '{asked}' is not spoken here");
        }
        return version.Has(command) ? version : throw Incompatible($"{command.ToString().ToUpperInvariant()} does not exist in version {version.Text}");
    }

    private static CniException NotText() => Undecodable("a string in the network configuration is not Unicode; correct it");

    /// <summary>The parser looks into strings only when they are asked for, and throws then: bytes that are no UTF-8, halves of surrogate pairs.</summary>
    private static bool IsText(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString() is not null,
                JsonValueKind.Array => element.EnumerateArray().All(IsText),
                JsonValueKind.Object => element.EnumerateObject().All(member => member.Name is not null && IsText(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static byte[] ReadToEnd(Stream input)
    {
        using var whole = new MemoryStream();
        var part = new byte[16 * 1024];
        try
        {
            for (int count; (count = input.Read(part)) > 0;)
            {
                whole.Write(part.AsSpan(0, count));
                if (whole.Length > MaximumBytes)
                    throw Undecodable($"the network configuration is longer than {MaximumBytes >> 20} MiB");
            }
        }
        catch (IOException e)
        {
            throw new CniException(CniErrorCode.InputFailure, $"read the network configuration from standard input: {e.Message}", e);
        }
        return whole.ToArray();
    }

    private static CniException Incompatible(string what) => new(CniErrorCode.IncompatibleVersion, $"{what}; use one of {CniVersion.Spoken}");

    private static CniException Undecodable(string message) => new(CniErrorCode.Undecodable, message);
}
