using System.Globalization;
using System.Text.Json;

namespace Fairway.Netavark.Translation;

/// <summary>
/// Which image a container runs. Podman does not tell its helper, but keeps it where it keeps its containers (containers/storage):
/// <code>
/// /var/lib/containers/storage/overlay-containers/containers.json
/// [{"id": "c58e...", "metadata": "{\"image-name\":\"docker.io/library/busybox:latest\", ...}", ...}]
/// </code>
/// It is for people to read, so whatever is not as expected means that there is none to show.
/// </summary>
internal static class PodmanStorage
{
    private const string DefaultRoot = "/var/lib/containers/storage";

    /// <summary>netavark may stand between Podman and a plugin.</summary>
    private const int Generations = 2;

    /// <summary>The image's name, or null.</summary>
    public static string? ImageOf(string container)
    {
        try
        {
            return Directory.EnumerateDirectories(Root() ?? DefaultRoot, "*-containers")
                .Select(folder => Path.Combine(folder, "containers.json"))
                .Where(File.Exists)
                .Select(file => Find(File.ReadAllBytes(file), container))
                .FirstOrDefault(image => image is not null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The image of one container of a <c>containers.json</c>, or null.</summary>
    public static string? Find(ReadOnlyMemory<byte> json, string container)
    {
        using var containers = JsonDocument.Parse(json);
        foreach (var entry in containers.RootElement.EnumerateArray())
        {
            if (entry.GetProperty("id").GetString() != container)
                continue;
            if (!entry.TryGetProperty("metadata", out var text))
                return null;
            using var metadata = JsonDocument.Parse(text.GetString() ?? "{}");
            return metadata.RootElement.TryGetProperty("image-name", out var image) && image.GetString() is { Length: > 0 } name ? name : null;
        }
        return null;
    }

    /// <summary>Where the Podman that called keeps its containers, when it was told on its command line.</summary>
    private static string? Root()
    {
        var process = "self";
        for (var i = 0; i < Generations; i++)
        {
            process = Parent(File.ReadAllText($"/proc/{process}/stat"));
            var words = File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
            for (var word = 1; word < words.Length; word++)
            {
                if (words[word] == "--root" && word + 1 < words.Length)
                    return words[word + 1];
                if (words[word].StartsWith("--root=", StringComparison.Ordinal))
                    return words[word]["--root=".Length..];
            }
        }
        return null;
    }

    /// <summary>The fourth word of <c>/proc/PID/stat</c>: <c>4711 (a name (with anything)) S 4710 ...</c>.</summary>
    private static string Parent(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1].ToString(CultureInfo.InvariantCulture);
}
