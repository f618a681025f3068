using System.Text.Encodings.Web;
using System.Text.Json;
using Fairway.Cni.Protocol;

namespace Fairway.Cni.Results;

/// <summary>Writes the one JSON object of an answer, indented for the people who read logs.</summary>
internal static class ResultWriter
{
    // Messages are full of quotes: the default encoder, made for HTML, would write each as \u0027.
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, CniVersion version, Action<Utf8JsonWriter> members)
    {
        // Whole or not at all: a reader must never see half a result.
        using var whole = new MemoryStream();
        using (var writer = new Utf8JsonWriter(whole, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("cniVersion", version.Text);
            members(writer);
            writer.WriteEndObject();
        }
        whole.WriteByte((byte)'\n');
        output.Write(whole.GetBuffer().AsSpan(0, (int)whole.Length));
        output.Flush();
    }
}
