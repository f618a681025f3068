using System.Collections.Concurrent;
using System.Diagnostics;

namespace Fairway.Linux.Tests.Fixtures;

/// <summary>Object files made by clang from C texts in the tests.</summary>
internal static class CompiledBpf
{
    private const string Prologue = """
        #include <linux/bpf.h>
        #include <linux/pkt_cls.h>
        #include <bpf/bpf_helpers.h>
        #include <bpf/bpf_endian.h>
        char LICENSE[] SEC("license") = "Dual MIT/GPL";

        """;

    private static readonly ConcurrentDictionary<string, byte[]> s_objects = new();

    public static byte[] Compile(string text) => s_objects.GetOrAdd(text, Clang);

    private static byte[] Clang(string text)
    {
        string directory = Directory.CreateTempSubdirectory("fwt-clang-").FullName;
        try
        {
            string source = Path.Combine(directory, "test.bpf.c");
            string target = Path.Combine(directory, "test.bpf.o");
            File.WriteAllText(source, Prologue + text);
            var start = new ProcessStartInfo("clang") { RedirectStandardError = true };
            foreach (string argument in (string[])["-target", "bpf", "-mcpu=v3", "-O2", "-g", $"-I/usr/include/{Machine()}-linux-gnu", "-c", source, "-o", target])
                start.ArgumentList.Add(argument);
            using Process process = Process.Start(start)!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
            return File.ReadAllBytes(target);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Machine() => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm64 => "aarch64",
        _ => "x86_64",
    };
}
