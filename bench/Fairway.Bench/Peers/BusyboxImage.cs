using System.Formats.Tar;
using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>An image that needs no registry: busybox alone, as a tar.</summary>
internal static class BusyboxImage
{
    public static byte[] Make(string directory)
    {
        string root = Work.Directory(directory), bin = Work.Directory($"{directory}/bin");
        File.Copy(Tool.Get("busybox"), $"{bin}/busybox", overwrite: true);
        foreach (string command in (string[])["sleep", "true"])
            File.CreateSymbolicLink($"{bin}/{command}", "busybox");
        using var image = new MemoryStream();
        TarFile.CreateFromDirectory(root, image, includeBaseDirectory: false);
        return image.ToArray();
    }
}
