using Fairway.Linux.Bpf;

namespace Fairway.Linux.Tests.Bpf;

/// <summary>This suite as a process that uses libbpf and says what it got.</summary>
internal static class LibbpfProbe
{
    public const string Marker = "--open-bpf-object";

    public static int Run()
    {
        try
        {
            BpfObject.Open("/nonexistent.o").Dispose();
            return 0;
        }
        catch (LinuxException e)
        {
            Console.WriteLine(e.Message);
            return 3;
        }
    }
}
