using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fairway.Cli.Output;

/// <summary>Writes documents as JSON.</summary>
internal static class JsonText
{
    // Messages are full of quotes: the default encoder, made for HTML, would write each as \u0027.
    private static readonly CliJson s_indented = new(new JsonSerializerOptions(CliJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly CliJson s_line = new(new JsonSerializerOptions(s_indented.Options) { WriteIndented = false });

    /// <summary>A document for programs and curious people.</summary>
    public static string Indented<T>(T document) => JsonSerializer.Serialize(document, Contract<T>(s_indented));

    /// <summary>A document on one line, for streams.</summary>
    public static string Line<T>(T document) => JsonSerializer.Serialize(document, Contract<T>(s_line));

    private static JsonTypeInfo<T> Contract<T>(CliJson context) => (JsonTypeInfo<T>)context.GetTypeInfo(typeof(T))!;
}
