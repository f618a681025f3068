using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Fairway.Engines.Tests.Fixtures;

/// <summary>
/// The root file system as an image archive with a name (OCI image layout, specs-go 1.0), for <c>ctr images import</c> and whoever else reads one.
/// Its command sleeps, so that it serves as the sandbox of a pod too.
/// </summary>
internal static class BusyboxImage
{
    /// <summary>The name the archive carries.</summary>
    public const string Name = "docker.io/fairway/busybox:test";

    private static readonly Lazy<Task<string>> s_archive = new(WriteAsync);

    /// <summary>Path of the archive.</summary>
    public static Task<string> ArchiveAsync() => s_archive.Value;

    private static async Task<string> WriteAsync()
    {
        byte[] layer = await File.ReadAllBytesAsync(await BusyboxRoot.TarAsync());
        string architecture = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => "amd64",
            var other => other.ToString().ToLowerInvariant(),
        };
        byte[] config = Encoding.UTF8.GetBytes($$$"""
            {"architecture":"{{{architecture}}}","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["/bin/sleep","1000000"]},"rootfs":{"type":"layers","diff_ids":["{{{Digest(layer)}}}"]}}
            """);
        byte[] manifest = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{{Descriptor("application/vnd.oci.image.config.v1+json", config)}},
            "layers":[{{Descriptor("application/vnd.oci.image.layer.v1.tar", layer)}}]}
            """);
        string named = Descriptor("application/vnd.oci.image.manifest.v1+json", manifest, $",\"annotations\":{{\"io.containerd.image.name\":\"{Name}\"}}");
        byte[] index = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"manifests":[{{named}}]}
            """);
        string path = Path.Combine(TestFolder.Path, "busybox-image.tar");
        await using FileStream file = File.Create(path);
        await using var tar = new TarWriter(file, TarEntryFormat.Ustar);
        await AddAsync(tar, "oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray());
        await AddAsync(tar, "index.json", index);
        foreach (byte[] blob in (byte[][])[manifest, config, layer])
            await AddAsync(tar, $"blobs/sha256/{Digest(blob)["sha256:".Length..]}", blob);
        return path;
    }

    private static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    private static string Descriptor(string type, byte[] content, string more = "")
        => $$"""{"mediaType":"{{type}}","digest":"{{Digest(content)}}","size":{{content.Length}}{{more}}}""";

    private static async Task AddAsync(TarWriter tar, string name, byte[] content)
    {
        using var data = new MemoryStream(content);
        await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
    }
}
