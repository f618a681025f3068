using Fairway.Cni.Protocol;

namespace Fairway.Cni.Results;

/// <summary><c>{"cniVersion": "1.1.0", "supportedVersions": [...]}</c></summary>
internal static class VersionResult
{
    public static void Write(Stream output, CniVersion version) => ResultWriter.Write(output, version, writer =>
    {
        writer.WriteStartArray("supportedVersions");
        foreach (var spoken in CniVersion.All)
            writer.WriteStringValue(spoken.Text);
        writer.WriteEndArray();
    });
}
