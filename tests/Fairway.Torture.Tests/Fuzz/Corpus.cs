using System.Security.Cryptography;

namespace Fairway.Torture.Tests.Fuzz;

/// <summary>Inputs kept in the repository, by target: written by hand, and found by fuzzing. With FAIRWAY_FUZZ_KEEP set to that folder, what is found goes there.</summary>
internal static class Corpus
{
    private static readonly string s_root = Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static List<byte[]> Read(string target) => [.. Directory.EnumerateFiles(Path.Combine(s_root, target)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    public static void Keep(string target, byte[] input)
    {
        if (Environment.GetEnvironmentVariable("FAIRWAY_FUZZ_KEEP") is { Length: > 0 } folder)
            File.WriteAllBytes(Path.Combine(folder, target, Convert.ToHexStringLower(SHA256.HashData(input))[..16]), input);
    }

    /// <summary>Where an input that broke a reader is found again.</summary>
    public static string Save(string target, byte[] input)
    {
        string path = Path.Combine(Path.GetTempPath(), $"fairway-fuzz-{target}-{Convert.ToHexStringLower(SHA256.HashData(input))[..16]}");
        File.WriteAllBytes(path, input);
        return path;
    }
}
