using Fairway.Model.Errors;

namespace Fairway.Dataplane.Switch;

/// <summary>Finds the compiled switch.</summary>
internal static class SwitchObjectFile
{
    private const string Name = "switch.bpf.o";

    // A built tree keeps it at artifacts/bpf, three levels above artifacts/bin/PROJECT/release.
    private const int Levels = 4;

    public static string Find(string? given)
    {
        if (given is not null)
        {
            return File.Exists(given) ? given : throw new FairwayException(ErrorKind.NotFound, $"file '{given}'",
                $"load the switch from '{given}': there is no such file; build it with bpf/build.sh, or leave the option out");
        }
        string beside = Path.Combine(AppContext.BaseDirectory, Name);
        if (File.Exists(beside))
            return beside;
        string? directory = AppContext.BaseDirectory;
        for (int level = 0; level <= Levels && directory is not null; level++)
        {
            string candidate = Path.Combine(directory, "bpf", Name);
            if (File.Exists(candidate))
                return candidate;
            directory = Path.GetDirectoryName(directory);
        }
        throw new FairwayException(ErrorKind.NotFound, $"file '{Name}'",
            $"load the switch: '{Name}' is neither in '{AppContext.BaseDirectory}' nor in a folder 'bpf' at most {Levels} levels above; build it with bpf/build.sh");
    }
}
