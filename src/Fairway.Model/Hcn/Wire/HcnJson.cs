using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Wire;

/// <summary>
/// Reads and writes documents of the HCN schema as their clients do: members in any case, numbers and names for enums and flags,
/// numbers as strings, null for what is not given. Written documents leave out what is not given.
/// </summary>
public static class HcnJson
{
    /// <summary>The options behind <see cref="Write{T}"/>, for frameworks that write JSON themselves. Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    /// <summary>Writes a document on one line.</summary>
    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Contract<T>());

    /// <summary>Writes a document as UTF-8 on one line.</summary>
    public static byte[] WriteUtf8<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, Contract<T>());

    /// <summary>Reads a document a client sent.</summary>
    /// <exception cref="FairwayException">InvalidArgument with the path of the offending member.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json)
    {
        if (DocumentScan.Find(json) is { } fault) throw JsonProblem.Refuse(fault);
        try
        {
            return JsonSerializer.Deserialize(json, Contract<T>()) ?? throw new ValueFormatException("the document is null");
        }
        catch (JsonException problem)
        {
            throw JsonProblem.Explain(problem);
        }
    }

    /// <summary>Reads a document this service stored.</summary>
    /// <exception cref="JsonException">The text is not such a document.</exception>
    public static T ReadStored<T>(string json) => JsonSerializer.Deserialize(json, Contract<T>()) ?? throw new JsonException("the document is null");

    /// <summary>A document as a member of another one.</summary>
    internal static JsonElement ToElement<T>(T document) => JsonSerializer.SerializeToElement(document, Contract<T>());

    /// <summary>Reads a member of a document this service stored.</summary>
    internal static T FromElement<T>(JsonElement element) => element.Deserialize(Contract<T>()) ?? throw new JsonException("the member is null");

    /// <summary>Reads a member whose form depends on another one, such as the settings of a policy.</summary>
    /// <returns>The member, or null when there is a finding.</returns>
    internal static T? ReadElement<T>(JsonElement? element, FindingCollector findings)
        where T : class
    {
        if (element is not { ValueKind: not JsonValueKind.Null } given)
        {
            findings.Add("the settings are missing; give them", HcnErrorCode.InvalidJson);
            return null;
        }
        try
        {
            return given.Deserialize(Contract<T>());
        }
        catch (JsonException problem)
        {
            findings.AddBelow(JsonProblem.ToFinding(problem));
            return null;
        }
    }

    private static JsonTypeInfo<T> Contract<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(HcnJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = HcnJsonContext.Default,
            MaxDepth = FairwayJson.MaximumDepth,
        };
        options.MakeReadOnly();
        return options;
    }
}
