using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fairway.Model.Errors;

namespace Fairway.Model.Json;

/// <summary>
/// Reads and writes Fairway's own documents: PascalCase members, enums by name, addresses, prefixes and MACs as text.
/// What is stored and what travels have the same form. Reading is tolerant of other releases: unknown members are skipped and
/// missing ones take their defaults. Requests are read strictly, so that no setting is accepted and ignored.
/// </summary>
public static class FairwayJson
{
    /// <summary>How deep a request may nest. Ours nest to five.</summary>
    internal const int MaximumDepth = 32;

    /// <summary>The options behind <see cref="Serialize{T}"/>, for frameworks that write JSON themselves. Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Frozen(new JsonSerializerOptions(Base));

    private static readonly JsonSerializerOptions s_indented = Frozen(new JsonSerializerOptions(Base) { WriteIndented = true });

    private static readonly JsonSerializerOptions s_strict = Frozen(new JsonSerializerOptions(Base)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = MaximumDepth,
    });

    // Messages are full of quotes: the default encoder, made for HTML, would write each as \u0027.
    private static JsonSerializerOptions Base => new(FairwayJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = FairwayJsonContext.Default,
    };

    /// <summary>The contract of a document type, for calls that take one.</summary>
    /// <exception cref="NotSupportedException">The type is not a document of ours.</exception>
    public static JsonTypeInfo<T> Contract<T>() => Contract<T>(Options);

    /// <summary>Writes a document on one line.</summary>
    public static string Serialize<T>(T document) => JsonSerializer.Serialize(document, Contract<T>());

    /// <summary>Writes a document as UTF-8 on one line.</summary>
    public static byte[] SerializeToUtf8<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, Contract<T>());

    /// <summary>Writes a document for people, indented by two spaces.</summary>
    public static string SerializeIndented<T>(T document) => JsonSerializer.Serialize(document, Contract<T>(s_indented));

    /// <summary>Reads a document this or another release wrote.</summary>
    /// <exception cref="JsonException">The text is not such a document.</exception>
    public static T Deserialize<T>(string json) => NotNull(JsonSerializer.Deserialize(json, Contract<T>()));

    /// <summary>Reads a document this or another release wrote, from UTF-8.</summary>
    /// <exception cref="JsonException">The text is not such a document.</exception>
    public static T Deserialize<T>(ReadOnlySpan<byte> json) => NotNull(JsonSerializer.Deserialize(json, Contract<T>()));

    /// <summary>Reads what a client sent: unknown and repeated members are refused.</summary>
    /// <exception cref="FairwayException">InvalidArgument, HCN_E_INVALID_JSON, with the path of the offending member.</exception>
    public static T ReadRequest<T>(ReadOnlySpan<byte> json) => ReadRequest(json, Contract<T>(s_strict));

    /// <summary>Reads what a client of another protocol sent, as strictly as that protocol's contract says.</summary>
    /// <exception cref="FairwayException">InvalidArgument, HCN_E_INVALID_JSON, with the path of the offending member.</exception>
    public static T ReadRequest<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> contract)
    {
        try
        {
            if (DocumentScan.Find(json) is { } fault) throw JsonProblem.Refuse(fault);
            return NotNull(JsonSerializer.Deserialize(json, contract));
        }
        catch (JsonException problem)
        {
            throw JsonProblem.Explain(problem);
        }
    }

    /// <summary>Reads a document of an engine's protocol, which has a contract of its own; members it does not know are skipped.</summary>
    /// <exception cref="FairwayException">InvalidArgument, HCN_E_INVALID_JSON, with the path of the offending member.</exception>
    public static T ReadForeign<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> contract)
    {
        try
        {
            if (DocumentScan.Find(json) is { } fault) throw JsonProblem.Refuse(fault);
            return NotNull(JsonSerializer.Deserialize(json, contract));
        }
        catch (JsonException problem)
        {
            throw JsonProblem.Explain(problem);
        }
    }

    private static JsonTypeInfo<T> Contract<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    private static T NotNull<T>(T? document) => document is null ? throw new JsonException("the document is null") : document;

    private static JsonSerializerOptions Frozen(JsonSerializerOptions options)
    {
        options.MakeReadOnly();
        return options;
    }
}
